package io.maeharness.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.files.FileProblem;
import io.maeharness.files.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads profiles: those that come with the harness, and a user's own file that changes some keys of another.
 *
 * <pre>{@code
 * extends: quick
 * pretrain:
 *   schedule:
 *     epochs: 20
 * }</pre>
 */
public final class ProfileLoader {
    private static final List<String> SHIPPED = List.of("smoke", "gate", "quick", "cifar10", "imagenet");
    private static final String EXTENDS = "extends";
    private static final int MOST_ANCESTORS = 10;

    private ProfileLoader() {}

    /** Names of the profiles that come with the harness, the cheapest first. */
    public static List<String> shipped() {
        return SHIPPED;
    }

    /**
     * Loads a profile by name or from a file.
     *
     * <p>A file is meant when the argument ends in {@code .yaml} or {@code .yml}, holds a separator, or exists. Its
     * {@code extends} names a profile or another file, relative to its own place; sections are merged key by key, lists
     * and maps of values are replaced as a whole. Without a {@code name} of its own it is named after the file.
     *
     * @throws HarnessException of kind UNKNOWN_PROFILE for an unknown name (with the nearest known), of kind CONFIG for a file that
     *     cannot be read or holds a wrong key or value (with the file, the line and the nearest known key)
     */
    public static Settings load(String nameOrPath) {
        if (SHIPPED.contains(nameOrPath)) {
            return toSettings(nameOrPath, shippedTree(nameOrPath));
        }
        if (isFile(nameOrPath)) {
            return toSettings(nameOrPath, fileTree(Path.of(nameOrPath), MOST_ANCESTORS));
        }
        throw new HarnessException(
                Kind.UNKNOWN_PROFILE,
                "unknown profile '" + nameOrPath + "'; the nearest known is '" + NearestName.of(nameOrPath, SHIPPED)
                        + "' of " + String.join(", ", SHIPPED) + "; a file of your own ends in .yaml");
    }

    private static boolean isFile(String nameOrPath) {
        return nameOrPath.endsWith(".yaml")
                || nameOrPath.endsWith(".yml")
                || nameOrPath.contains("/")
                || Files.exists(Path.of(nameOrPath));
    }

    private static Settings toSettings(String origin, ObjectNode tree) {
        try {
            return SettingsTree.toSettings(tree);
        } catch (InvalidSettingException e) {
            throw new HarnessException(Kind.CONFIG, "profile " + origin + ": " + e.getMessage(), e);
        }
    }

    private static ObjectNode shippedTree(String name) {
        String resource = "/io/maeharness/profiles/" + name + ".yaml";
        try (InputStream in = ProfileLoader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks the resource " + resource);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            ObjectNode own = checked(new YamlFile(name + ".yaml", text));
            JsonNode parent = own.remove(EXTENDS);
            return parent == null ? own : merged(shippedTree(parent.asText()), own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode fileTree(Path file, int ancestorsLeft) {
        if (ancestorsLeft == 0) {
            throw new HarnessException(
                    Kind.CONFIG, "profile " + file + ": 'extends' goes round in a circle; end it at a shipped profile");
        }
        ObjectNode own;
        String parent;
        try {
            own = checked(new YamlFile("profile " + file, read(file)));
            parent = own.path(EXTENDS).asText("");
        } catch (InvalidSettingException e) {
            throw new HarnessException(Kind.CONFIG, e.getMessage(), e);
        }
        own.remove(EXTENDS);
        if (!own.has("name")) {
            own.set("name", TextNode.valueOf(bareName(file)));
        }
        if (parent.isEmpty()) {
            return own;
        }
        return merged(parentTree(file, parent, ancestorsLeft), own);
    }

    private static ObjectNode parentTree(Path file, String parent, int ancestorsLeft) {
        if (SHIPPED.contains(parent)) {
            return shippedTree(parent);
        }
        Path other = file.resolveSibling(parent);
        if (Files.exists(other)) {
            return fileTree(other, ancestorsLeft - 1);
        }
        throw new HarnessException(
                Kind.CONFIG,
                "profile " + file + ": extends '" + parent + "', which is neither a file beside it nor one of "
                        + String.join(", ", SHIPPED) + "; the nearest known is '" + NearestName.of(parent, SHIPPED)
                        + "'");
    }

    private static String read(Path file) {
        try {
            return TextFile.read(file, TextFile.WRITTEN_BY_HAND);
        } catch (IOException e) {
            String reason = FileProblem.denied(file)
                    .or(() -> Files.exists(file) ? Optional.of(FileProblem.reason(e)) : Optional.empty())
                    .map(why -> "cannot be read: " + why)
                    .orElse("does not exist");
            throw new HarnessException(
                    Kind.CONFIG,
                    "profile " + file + " " + reason + "; shipped profiles are " + String.join(", ", SHIPPED),
                    e);
        }
    }

    private static String bareName(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** Refuses every key that is not known and every value that is not of its key's type. */
    private static ObjectNode checked(YamlFile file) {
        check(file, "", file.root());
        return file.root();
    }

    private static void check(YamlFile file, String prefix, ObjectNode section) {
        for (Map.Entry<String, JsonNode> entry : section.properties()) {
            String path = prefix + entry.getKey();
            if (path.equals(EXTENDS)) {
                continue;
            }
            try {
                if (!SettingsKeys.isSection(path)) {
                    SettingsKeys.at(path)
                            .orElseThrow(() -> SettingsKeys.unknown(path))
                            .checked(entry.getValue());
                } else if (entry.getValue() instanceof ObjectNode inner) {
                    check(file, path + ".", inner);
                } else {
                    throw SettingsKeys.section(path);
                }
            } catch (InvalidSettingException e) {
                String message = e.getMessage().startsWith("profile ")
                        ? e.getMessage()
                        : file.place(path) + ": " + e.getMessage();
                throw new InvalidSettingException(message, e);
            }
        }
    }

    private static ObjectNode merged(ObjectNode base, ObjectNode over) {
        merge("", base, over);
        return base;
    }

    private static void merge(String prefix, ObjectNode base, ObjectNode over) {
        for (Map.Entry<String, JsonNode> entry : over.properties()) {
            String path = prefix + entry.getKey();
            if (SettingsKeys.isSection(path) && base.get(entry.getKey()) instanceof ObjectNode inner) {
                merge(path + ".", inner, (ObjectNode) entry.getValue());
            } else {
                base.set(entry.getKey(), entry.getValue());
            }
        }
    }
}

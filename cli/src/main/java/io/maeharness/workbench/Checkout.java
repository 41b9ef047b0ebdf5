package io.maeharness.workbench;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.results.StoreFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The checkout that the launcher runs from: where published results and the README lie.
 *
 * @param root its directory
 */
public record Checkout(Path root) {
    /** How the name of a plot for dark pages ends. */
    private static final String DARK = "-dark.svg";

    private static final Pattern SECTION = Pattern.compile(
            "(<!-- results: ([a-z0-9-]+)((?: [a-z0-9-]+)+); written by ./mae report --publish -->\n).*?(<!-- end -->)",
            Pattern.DOTALL);

    /**
     * The checkout of the launcher that started this process.
     *
     * @throws HarnessException of kind USAGE when it was started otherwise
     */
    public static Checkout ofLauncher() {
        return find().orElseThrow(() ->
                new HarnessException(Kind.USAGE, "only the launcher ./mae knows the checkout to publish into; use it"));
    }

    /** The checkout of the launcher that started this process; empty when it was started otherwise. */
    public static Optional<Checkout> find() {
        return Optional.of(System.getProperty("mae.home", ""))
                .filter(home -> !home.isEmpty())
                .map(home -> new Checkout(Path.of(home)));
    }

    /** Directory of a profile's published results. */
    public Path published(String profile) {
        return root.resolve("results").resolve("published").resolve(profile);
    }

    /** Directory of what a profile's results are compared with. */
    public Path reference(String profile) {
        return root.resolve("results").resolve("reference").resolve(profile);
    }

    /** Replaces the README's sections of this profile by its published tables and plots. */
    public void refreshReadme(String profile) {
        Path readme = root.resolve("README.md");
        try {
            String text = Files.readString(readme);
            String fresh = SECTION.matcher(text)
                    .replaceAll(match -> Matcher.quoteReplacement(
                            match.group(2).equals(profile)
                                    ? match.group(1) + tables(profile, match.group(3)) + match.group(4)
                                    : match.group()));
            if (!fresh.equals(text)) {
                StoreFile.write(readme, fresh);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String tables(String profile, String ids) {
        return Pattern.compile(" ")
                .splitAsStream(ids.strip())
                .map(id -> table(profile, id))
                .collect(Collectors.joining("\n"));
    }

    /** A published table as it is, under a heading one level deeper, with its plots. */
    private String table(String profile, String id) {
        Path directory = published(profile);
        try (var plots = Files.list(directory.resolve("plots"))) {
            List<String> longer = longerIds(directory, id);
            String markdown = Files.readString(directory.resolve(id + ".md")).replaceFirst("^## ", "### ");
            String images = plots.map(plot -> plot.getFileName().toString())
                    .filter(name -> name.startsWith(id) && name.endsWith(".svg") && !name.contains("loss"))
                    .filter(name -> !name.endsWith(DARK) && !name.contains("-knn-"))
                    .filter(name -> longer.stream().noneMatch(name::startsWith))
                    .sorted()
                    .map(name -> picture(id, "results/published/" + profile + "/plots/" + name))
                    .collect(Collectors.joining("\n"));
            return markdown + "\n" + images + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The published tables whose name goes on where this one's ends, as {@code table3-encoders} does after {@code table3}. */
    private static List<String> longerIds(Path directory, String id) throws IOException {
        try (var tables = Files.list(directory)) {
            return tables.map(table -> table.getFileName().toString())
                    .filter(name -> name.startsWith(id + "-") && name.endsWith(".md"))
                    .map(name -> name.substring(0, name.length() - ".md".length()))
                    .toList();
        }
    }

    /** A plot in the scheme of the reader; two stand side by side. */
    private static String picture(String id, String light) {
        String dark = light.replace(".svg", DARK);
        return "<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"" + dark + "\"><img src=\"" + light
                + "\" alt=\"" + id + "\" width=\"49%\"></picture>";
    }
}

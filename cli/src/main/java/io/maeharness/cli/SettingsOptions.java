package io.maeharness.cli;

import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.config.Settings;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.workbench.ImageSource;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what is measured: profile, changed keys, data, seeds, and where results lie. */
final class SettingsOptions {
    private static final String DEFAULT_PROFILE = "quick";
    private static final Set<String> KEYS_OF_SEEDS = Set.of("seeds", "firstSeed");

    @Option(
            names = "--profile",
            paramLabel = "NAME|FILE",
            defaultValue = DEFAULT_PROFILE,
            description = "smoke, gate, quick, cifar10, imagenet, or a YAML file of your own (default: quick)")
    private String profile = DEFAULT_PROFILE;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "change one key of the profile, e.g. --set pretrain.epochs=20; repeatable")
    private List<String> changes = new ArrayList<>();

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--skip-damaged",
            description =
                    "leave images of a folder out that cannot be decoded, instead of refusing the folder; results say"
                            + " so and are other results than those of the whole folder")
    private boolean skipDamaged;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "where results, checkpoints and the report go (default: runs/<profile>)")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--seeds",
            paramLabel = "N|A-B",
            description =
                    "measure each case with the seeds 0 to N-1, or A to B (default: the profile's), and show these"
                            + " alone (default: all that the results hold)")
    private Optional<String> seeds = Optional.empty();

    @Option(
            names = "--max-steps",
            paramLabel = "N",
            description = "end each training stage after N optimiser steps, to try a profile out")
    private Optional<Integer> maxSteps = Optional.empty();

    /**
     * The profile with the changes of this command line.
     *
     * @throws HarnessException of kind UNKNOWN_PROFILE, CONFIG or USAGE with one line for the user
     */
    Settings settings() {
        Settings base = ProfileLoader.load(profile);
        return Overrides.apply(withOptions(base), changes());
    }

    /** The profile without the {@code --set} changes, which {@code mae run} makes a case of. */
    Settings profileOnly() {
        return withOptions(ProfileLoader.load(profile));
    }

    /**
     * The {@code --set} options.
     *
     * @throws HarnessException of kind USAGE for one that is no {@code key=value}
     */
    Map<String, String> changes() {
        Map<String, String> parsed = new LinkedHashMap<>();
        for (String change : changes) {
            int equals = change.indexOf('=');
            if (equals < 1) {
                throw new HarnessException(
                        Kind.USAGE, "--set takes KEY=VALUE, got '" + change + "'; for example --set maskRatio=0.6");
            }
            if (parsed.put(change.substring(0, equals), change.substring(equals + 1)) != null) {
                throw new HarnessException(
                        Kind.USAGE, "--set " + change.substring(0, equals) + " is given twice; leave one out");
            }
        }
        return parsed;
    }

    /** Whether these options say which seeds are meant, so that reports show no others. */
    boolean chooseSeeds() {
        return seeds.isPresent() || !Collections.disjoint(changes().keySet(), KEYS_OF_SEEDS);
    }

    /** Where the images lie, if the command line says. */
    Optional<Path> dataDirectory() {
        return data.directory();
    }

    /**
     * The images.
     *
     * @param err hears how far downloads are, and what is not read
     */
    ImageSource images(PrintWriter err) {
        return data.images(err);
    }

    /** Where results, checkpoints and the report go. */
    Path output(Settings settings) {
        return output.orElseGet(() -> Path.of("runs", settings.name()));
    }

    /** These options as they were given, for a command that goes on with the same; begins with a space where there are any. */
    String repeated() {
        StringBuilder text = new StringBuilder();
        if (!profile.equals(DEFAULT_PROFILE)) {
            append(text, "--profile", profile);
        }
        changes.forEach(change -> append(text, "--set", change));
        data.directory().ifPresent(directory -> append(text, "--data-dir", directory.toString()));
        data.mirror().ifPresent(address -> append(text, "--mirror", address));
        if (skipDamaged) {
            text.append(" --skip-damaged");
        }
        output.ifPresent(directory -> append(text, "--output", directory.toString()));
        seeds.ifPresent(range -> append(text, "--seeds", range));
        maxSteps.ifPresent(count -> append(text, "--max-steps", count.toString()));
        return text.toString();
    }

    private static void append(StringBuilder text, String option, String value) {
        text.append(' ').append(option).append(' ').append(quoted(value));
    }

    /** For a shell. */
    static String quoted(String value) {
        return value.matches("[A-Za-z0-9_./:=,+@%-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
    }

    private Settings withOptions(Settings base) {
        Map<String, String> implied = new LinkedHashMap<>();
        seeds.map(SeedRange::of).ifPresent(range -> {
            implied.put("seeds", Integer.toString(range.count()));
            implied.put("firstSeed", Integer.toString(range.first()));
        });
        maxSteps.ifPresent(count -> Overrides.keysEndingWith("schedule.maxSteps")
                .forEach(key -> implied.put(key, Integer.toString(atLeastOne("--max-steps", count)))));
        if (skipDamaged) {
            implied.put("data.skipDamaged", "true");
        }
        return Overrides.apply(base, implied);
    }

    /**
     * Where results go.
     *
     * @throws HarnessException of kind STORE_READ_ONLY when something else than a directory is there
     */
    Path directory(Settings settings) {
        Path directory = output(settings);
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new HarnessException(
                    Kind.STORE_READ_ONLY,
                    "the output directory " + directory + " is not a directory; choose another --output");
        }
        return directory;
    }

    static int atLeastOne(String option, int count) {
        if (count < 1) {
            throw new HarnessException(Kind.USAGE, option + " must be at least 1, got " + count);
        }
        return count;
    }
}

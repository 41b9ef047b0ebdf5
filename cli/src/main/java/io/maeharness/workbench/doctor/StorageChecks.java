package io.maeharness.workbench.doctor;

import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.Settings;
import io.maeharness.core.data.DataRequest;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.data.DataSplits;
import io.maeharness.core.data.OpeningListener;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.StageData;
import io.maeharness.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the data sets, the disk and the output directory. */
final class StorageChecks {
    private static final String DATA = "data";
    private static final long MIB = 1L << 20;
    private static final long LEAST_MIB = 500;
    private static final long COMFORTABLE_MIB = 5_000;

    private StorageChecks() {}

    static List<Finding> run(Settings settings, Optional<Path> dataDirectory, Path output, OpeningListener opening) {
        List<Finding> findings = new ArrayList<>();
        for (String key : DataSource.keys()) {
            DataSource source = DataSource.of(key);
            boolean needed = settings.data().dataset() == source;
            if (needed || source != DataSource.IMAGE_FOLDER) {
                findings.addAll(needed ? needed(settings.data(), dataDirectory, opening) : List.of(other(source)));
            }
        }
        executable(Path.of(System.getProperty("java.io.tmpdir"))).ifPresent(findings::add);
        Path existing = existing(output);
        findings.add(space(existing));
        findings.add(writable(output, existing));
        return findings;
    }

    /** Native libraries are unpacked into the directory of temporary files; one that forbids execution does not load them. */
    static Optional<Finding> executable(Path directory) {
        String wayOut = "set MAE_NATIVES_DIR to a directory that allows it, or OpenCV and ONNX Runtime do not load";
        Path file;
        try {
            file = Files.createTempFile(directory, "mae-doctor", ".sh");
        } catch (IOException e) {
            return Optional.of(Finding.warn("temporary", directory + " cannot be written", wayOut));
        }
        try {
            Files.writeString(file, "#!/bin/sh\nexit 0\n");
            if (!file.toFile().setExecutable(true) || !Files.isExecutable(Path.of("/bin/sh"))) {
                return Optional.empty();
            }
            return runs(file)
                    ? Optional.empty()
                    : Optional.of(Finding.warn("temporary", directory + " forbids execution", wayOut));
        } catch (IOException e) {
            return Optional.of(Finding.warn("temporary", directory + " is full", wayOut));
        } finally {
            Folders.deleteQuietly(file);
        }
    }

    private static boolean runs(Path file) {
        try {
            return new ProcessBuilder(file.toString()).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** The data set of the profile, each image of a folder decoded. */
    private static List<Finding> needed(DataSettings data, Optional<Path> directory, OpeningListener opening) {
        DataRequest request = StageData.request(data, directory, true).withListener(opening);
        try {
            DataSplits splits = DataSource.open(request.withAllowDownload(false));
            ImageFacts.of(data, splits);
            List<Finding> findings = new ArrayList<>();
            findings.add(sized(data.dataset(), splits));
            splits.left().lines().forEach(line -> findings.add(Finding.warn(DATA, line, "")));
            return findings;
        } catch (HarnessException e) {
            return List.of(
                    Finding.fail(DATA, data.dataset().key() + ": " + e.getMessage(), "the chosen profile needs it"));
        }
    }

    private static Finding sized(DataSource source, DataSplits splits) {
        if (splits.validation().size() > 0) {
            return Finding.ok(DATA, sizes(source, splits));
        }
        String share = splits.smallestShare().isPresent()
                ? "; --set data.validationShare=" + splits.smallestShare().getAsDouble() + " gives some"
                : "";
        return Finding.warn(
                DATA, sizes(source, splits), "without validation images no reconstructions can be drawn" + share);
    }

    private static String sizes(DataSource source, DataSplits splits) {
        return source.key() + ": " + splits.train().size() + " + "
                + splits.validation().size() + " + " + splits.test().size() + " images";
    }

    private static Finding other(DataSource source) {
        try {
            return Finding.ok(
                    DATA, sizes(source, DataSource.open(DataRequest.of(source).withAllowDownload(false))));
        } catch (HarnessException e) {
            return Finding.ok(
                    DATA, source.key() + ": not here; a profile that needs it finds it by --data-dir or download");
        }
    }

    /** The path itself or the nearest directory above it that is there. */
    private static Path existing(Path output) {
        Path path = output.toAbsolutePath();
        while (path.getParent() != null && !Files.isDirectory(path)) {
            path = path.getParent();
        }
        return path;
    }

    private static Finding space(Path existing) {
        try {
            long mib = Files.getFileStore(existing).getUsableSpace() / MIB;
            String found = mib + " MiB free at " + existing;
            if (mib < LEAST_MIB) {
                return Finding.fail("disk", found, "free some space or choose another --output");
            }
            return mib < COMFORTABLE_MIB
                    ? Finding.warn("disk", found, "checkpoints of a large model need more")
                    : Finding.ok("disk", found);
        } catch (IOException e) {
            return Finding.warn("disk", "free space at " + existing + " unknown", "see that there are some GiB");
        }
    }

    private static Finding writable(Path output, Path existing) {
        if (Files.exists(output) && !Files.isDirectory(output)) {
            return Finding.fail("output", output + " is not a directory", "choose another --output");
        }
        try {
            Files.delete(Files.createTempFile(existing, ".mae-doctor", ".tmp"));
            return Finding.ok("output", output + " can be written");
        } catch (IOException e) {
            return Finding.fail("output", existing + " cannot be written", "choose another --output");
        }
    }
}

package io.maeharness.workbench.doctor;

import io.maeharness.core.config.Settings;
import io.maeharness.core.data.DataRequest;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.data.DataSplits;
import io.maeharness.core.error.HarnessException;
import io.maeharness.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at the data sets, the disk and the output directory. */
final class StorageChecks {
    private static final long MIB = 1L << 20;
    private static final long LEAST_MIB = 500;
    private static final long COMFORTABLE_MIB = 5_000;

    private StorageChecks() {}

    static List<Finding> run(Settings settings, Optional<Path> dataDirectory, Path output) {
        List<Finding> findings = new ArrayList<>();
        for (String key : DataSource.keys()) {
            DataSource source = DataSource.of(key);
            boolean needed = settings.data().dataset() == source;
            if (needed || source != DataSource.IMAGE_FOLDER) {
                findings.add(data(source, needed, needed ? dataDirectory : Optional.empty()));
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

    private static Finding data(DataSource source, boolean needed, Optional<Path> directory) {
        String subject = "data";
        DataRequest request = DataRequest.of(source).withAllowDownload(false);
        try {
            DataSplits splits =
                    DataSource.open(directory.map(request::withDirectory).orElse(request));
            return Finding.ok(
                    subject,
                    source.key() + ": " + splits.train().size() + " + "
                            + splits.validation().size() + " + " + splits.test().size() + " images");
        } catch (HarnessException e) {
            return needed
                    ? Finding.fail(subject, source.key() + ": " + e.getMessage(), "the chosen profile needs it")
                    : Finding.ok(
                            subject,
                            source.key() + ": not here; a profile that needs it finds it by --data-dir or download");
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

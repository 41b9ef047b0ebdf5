package io.maeharness.cli;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.workbench.ImageSource;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say where images lie, and where they are downloaded from. */
final class DataOption {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "where the images of cifar10, fashion-mnist or imagefolder lie")
    private Optional<Path> directory = Optional.empty();

    @Option(
            names = "--mirror",
            paramLabel = "URL",
            description = "download the files of cifar10 or fashion-mnist from this directory instead; they are checked"
                    + " all the same")
    private Optional<String> mirror = Optional.empty();

    /** Where the images lie, if the command line says. */
    Optional<Path> directory() {
        return directory;
    }

    /** What images are downloaded from, as it was given. */
    Optional<String> mirror() {
        return mirror;
    }

    /**
     * The images.
     *
     * @param err hears how far downloads are, and what is not read
     * @throws HarnessException of kind USAGE for a mirror that is no address
     */
    ImageSource images(PrintWriter err) {
        return new ImageSource(directory, mirror.map(DataOption::address), new OpeningProgress(err), line -> {
            err.println("images: " + line);
            err.flush();
        });
    }

    /** With a slash at its end, so that names of files are put behind it. */
    private static URI address(String written) {
        try {
            URI address = new URI(written.endsWith("/") ? written : written + "/");
            if (address.getHost() != null
                    && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw refused(written, e);
        }
        throw refused(written, null);
    }

    private static HarnessException refused(String written, URISyntaxException cause) {
        return new HarnessException(
                Kind.USAGE,
                "--mirror takes the http or https address of a directory, such as https://example.org/data/, got '"
                        + written + "'",
                cause);
    }
}

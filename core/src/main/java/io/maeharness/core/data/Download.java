package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import io.maeharness.files.AtomicFile;
import io.maeharness.files.Sha256;
import io.maeharness.files.TemporaryFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/** Fetches files into a cache directory; a file under its final name is always complete and checked. */
final class Download {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofMinutes(2);

    private Download() {}

    /** Throws when the request forbids downloads, with the ways to get the data nevertheless. */
    static void requireAllowed(DataRequest request, String source, URI address) {
        if (!request.allowDownload()) {
            throw HarnessException.data("the files of " + source + " are neither in " + request.cacheDirectory()
                    + " nor in a given directory, and downloads are off; allow them or fetch " + address
                    + " and name its directory with --data-dir");
        }
    }

    /** Fetches a file that {@link DataFile} can check. */
    static Path checked(URI address, DataFile file, Path directory) {
        return fetch(address, directory.resolve(file.name()), temporary -> {
            // The name decides whether it is unpacked, so it is checked in a directory of its own.
            Path folder = temporary.getParent();
            file.read(
                    folder, "the address " + address + " does not serve the official file; try again or use a mirror");
        });
    }

    /** Fetches a file whose own bytes have a known digest. */
    static Path checked(URI address, String sha256, Path target) {
        return fetch(address, target, temporary -> {
            String actual = Sha256.of(temporary);
            if (!actual.equals(sha256)) {
                throw HarnessException.damaged(
                        "the download of " + address + " is not the official file: its SHA-256 is " + actual
                                + ", expected " + sha256 + "; it was deleted, try again or use a mirror");
            }
        });
    }

    private interface Check {
        void accept(Path temporary) throws IOException;
    }

    private static Path fetch(URI address, Path target, Check check) {
        try (TemporaryFolder folder = TemporaryFolder.in(target.getParent(), ".download-")) {
            Path temporary = folder.path().resolve(target.getFileName());
            receive(address, temporary);
            check.accept(temporary);
            AtomicFile.move(temporary, target);
            return target;
        } catch (IOException e) {
            throw DataFile.writeFailure(
                    target.getParent(),
                    "cannot download " + address + " to " + target.getParent() + " (" + DataFile.reason(e)
                            + "); fetch it by hand and name its directory with --data-dir",
                    e);
        }
    }

    private static void receive(URI address, Path temporary) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(RESPONSE_TIMEOUT).build();
        try {
            HttpResponse<Path> response = client.send(request, HttpResponse.BodyHandlers.ofFile(temporary));
            if (response.statusCode() != 200) {
                throw new IOException("the server answered " + response.statusCode());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException(
                    HarnessException.Kind.INTERRUPTED,
                    "the download of " + address + " was interrupted; start again",
                    e);
        }
    }
}

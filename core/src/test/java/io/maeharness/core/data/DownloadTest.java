package io.maeharness.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.maeharness.core.error.HarnessException;
import io.maeharness.files.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a server on this machine. */
class DownloadTest {

    @TempDir
    Path published;

    @TempDir
    Path cache;

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private URI mirror;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            Path file = published.resolve(exchange.getRequestURI().getPath().substring(1));
            byte[] body = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
            exchange.sendResponseHeaders(body.length > 0 ? 200 : 404, body.length > 0 ? body.length : -1);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        mirror = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private DataRequest request(DataSource source) {
        return DataRequest.of(source).withCacheDirectory(cache).withMirror(mirror);
    }

    private Cifar10 publishCifar() throws IOException {
        Cifar10 files = TinyData.cifar(published.resolve("unpacked"));
        byte[] archive = TinyData.tarGzip(published.resolve("unpacked"), Cifar10.FOLDER);
        Files.write(published.resolve(Cifar10.ARCHIVE), archive);
        return files.withArchive(Sha256.of(archive));
    }

    private List<String> cached(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void fashionMnistComesFromTheServerOnceAndFromTheCacheAfterwards() throws IOException {
        FashionMnist tiny = TinyData.fashion(published, 2);
        String digest = tiny.read(request(DataSource.FASHION_MNIST)).train().digest();
        assertEquals(4, requests.get());
        stop();
        DataRequest offline = request(DataSource.FASHION_MNIST).withAllowDownload(false);
        assertEquals(digest, tiny.read(offline).train().digest());
        assertEquals(4, requests.get());
    }

    @Test
    void cifarIsUnpackedOnceAndReadOfflineAfterwards() throws IOException {
        Cifar10 tiny = publishCifar();
        String digest = tiny.read(request(DataSource.CIFAR10)).test().digest();
        assertEquals(List.of(Cifar10.FOLDER), cached(cache));
        stop();
        assertEquals(
                digest,
                tiny.read(request(DataSource.CIFAR10).withAllowDownload(false))
                        .test()
                        .digest());
        assertEquals(1, requests.get());
    }

    @Test
    void anArchiveWithAnotherDigestIsDeletedAndBothDigestsAreSaid() throws IOException {
        Cifar10 tiny = publishCifar();
        byte[] other = "something else".getBytes(StandardCharsets.UTF_8);
        Files.write(published.resolve(Cifar10.ARCHIVE), other);
        HarnessException failure = assertThrows(HarnessException.class, () -> tiny.read(request(DataSource.CIFAR10)));
        assertTrue(
                failure.getMessage().contains("its SHA-256 is " + Sha256.of(other) + ", expected "),
                failure.getMessage());
        assertEquals(List.of(), cached(cache));
    }

    @Test
    void aFileWithAnotherContentIsNotKept() throws IOException {
        FashionMnist tiny = TinyData.fashion(published, 2);
        TinyData.fashion(published, 3);
        HarnessException failure =
                assertThrows(HarnessException.class, () -> tiny.read(request(DataSource.FASHION_MNIST)));
        assertEquals(HarnessException.Kind.DATA_DAMAGED, failure.kind());
        assertTrue(failure.getMessage().contains("does not serve the official file"), failure.getMessage());
        assertEquals(List.of(), cached(cache.resolve("fashion-mnist")));
    }

    @Test
    void aServerWithoutTheFileIsOneLineWithTheAddress() {
        HarnessException failure =
                assertThrows(HarnessException.class, () -> DataSource.open(request(DataSource.CIFAR10)));
        assertTrue(failure.getMessage().contains("cannot download " + mirror + Cifar10.ARCHIVE), failure.getMessage());
        assertTrue(failure.getMessage().contains("the server answered 404"), failure.getMessage());
        assertFalse(failure.getMessage().contains("\n"));
    }

    @Test
    void withoutPermissionNothingIsFetched() {
        DataRequest forbidden = request(DataSource.CIFAR10).withAllowDownload(false);
        HarnessException failure = assertThrows(HarnessException.class, () -> DataSource.open(forbidden));
        assertTrue(failure.getMessage().contains("downloads are off"), failure.getMessage());
        assertEquals(0, requests.get());
    }
}

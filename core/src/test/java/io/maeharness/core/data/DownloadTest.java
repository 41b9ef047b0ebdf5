package io.maeharness.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Serves a file in two pieces: the connection breaks, or falls silent, in the middle of it. */
    private void serveInPieces(byte[] body, boolean silent, List<String> ranges) {
        server.createContext("/pieces/", exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(String.valueOf(range));
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            int to = range == null ? body.length / 2 : body.length;
            if (range != null) {
                exchange.getResponseHeaders()
                        .add("Content-Range", "bytes " + from + "-" + (body.length - 1) + "/" + body.length);
            }
            exchange.sendResponseHeaders(range == null ? 200 : 206, body.length - from);
            exchange.getResponseBody().write(body, from, to - from);
            exchange.getResponseBody().flush();
            if (!silent || range != null) {
                exchange.close();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBrokenOrSilentConnectionIsTakenUpWhereItWas(boolean silent) throws IOException {
        byte[] body = new byte[200_000];
        new Random(1).nextBytes(body);
        List<String> ranges = new CopyOnWriteArrayList<>();
        List<String> progress = new CopyOnWriteArrayList<>();
        serveInPieces(body, silent, ranges);
        URI address = mirror.resolve("pieces/file");
        Transfer transfer =
                new Transfer(address, progress::add, Duration.ofMillis(300), new ProxyOfEnvironment(Map.of()));
        Path target = cache.resolve("file");
        Download.checked(transfer, address, Sha256.of(body), target);
        assertArrayEquals(body, Files.readAllBytes(target));
        assertEquals(List.of("null", "bytes=100000-"), ranges);
        assertEquals(List.of("file"), cached(cache));
        assertTrue(progress.get(0).startsWith("downloading " + address + ": 0 of 1 MiB, "), progress.get(0));
    }

    @Test
    void whatAnEarlierRunReceivedIsNotAskedForAgain() throws IOException {
        byte[] body = new byte[1000];
        List<String> ranges = new CopyOnWriteArrayList<>();
        serveInPieces(body, false, ranges);
        Path partial = Files.createDirectories(cache.resolve(".partial")).resolve("file");
        Files.write(partial, new byte[900]);
        URI address = mirror.resolve("pieces/file");
        Download.checked(new Transfer(address, OpeningListener.NONE), address, Sha256.of(body), cache.resolve("file"));
        assertEquals(List.of("bytes=900-"), ranges);
    }

    @Test
    void theProxyOfTheEnvironmentIsAsked() throws IOException {
        FashionMnist tiny = TinyData.fashion(published, 2);
        DataFile file = tiny.files().get(0);
        String proxy = "http://127.0.0.1:" + server.getAddress().getPort();
        URI address = URI.create("http://example.invalid/" + file.name());
        Transfer transfer = new Transfer(
                address,
                OpeningListener.NONE,
                Duration.ofSeconds(20),
                new ProxyOfEnvironment(Map.of("http_proxy", proxy)));
        Download.checked(transfer, address, file, cache);
        assertEquals(1, requests.get());
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.example.org/x,proxy.local",
        "https://intern.example.com/x,DIRECT",
        "https://example.com:8443/x,DIRECT",
        "https://notexample.com/x,proxy.local",
        "https://10.1.2.3/x,DIRECT",
        "https://11.1.2.3/x,proxy.local",
        "https://ported.org/x,proxy.local",
        "https://ported.org:81/x,DIRECT",
        "http://www.example.org/x,plain.local",
    })
    void noProxyIsHeeded(URI address, String said) {
        ProxyOfEnvironment proxies = new ProxyOfEnvironment(Map.of(
                "HTTPS_PROXY",
                "http://user:secret@proxy.local:3128",
                "all_proxy",
                "plain.local",
                "no_proxy",
                "localhost, .example.com,10.0.0.0/8,ported.org:81"));
        assertTrue(proxies.select(address).get(0).toString().contains(said), address.toString());
        assertEquals(said.equals("proxy.local"), proxies.credentials(address).isPresent());
        assertFalse(proxies.words(address).contains("secret"));
    }

    @Test
    void aProxyThatIsNoneIsRefusedWithoutItsPassword() {
        ProxyOfEnvironment proxies = new ProxyOfEnvironment(Map.of("https_proxy", "socks5://me:secret@host:1080"));
        HarnessException failure =
                assertThrows(HarnessException.class, () -> proxies.select(URI.create("https://www.example.org/")));
        assertEquals(HarnessException.Kind.CONFIG, failure.kind());
        assertTrue(failure.getMessage().contains("https_proxy names no HTTP proxy"), failure.getMessage());
        assertFalse(failure.getMessage().contains("secret"));
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

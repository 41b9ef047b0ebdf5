package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Moves one file over HTTP: what is there of it already is not asked for again, and a connection that breaks or falls silent
 * is taken up where it was.
 */
final class Transfer {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofMinutes(1);
    private static final int FRUITLESS_ATTEMPTS = 3;
    private static final long MIB = 1L << 20;
    private static final int OK = 200;
    private static final int PART = 206;
    private static final int NO_SUCH_PART = 416;
    private static final int SERVERS_FAULT = 500;

    private final URI address;
    private final OpeningListener listener;
    private final Duration silence;
    private final ProxyOfEnvironment proxy;

    /**
     * Prepares a transfer.
     *
     * @param listener hears how far it is
     */
    Transfer(URI address, OpeningListener listener) {
        this(address, listener, SILENCE, ProxyOfEnvironment.here());
    }

    /**
     * As the other.
     *
     * @param silence how long no byte may come
     */
    Transfer(URI address, OpeningListener listener, Duration silence, ProxyOfEnvironment proxy) {
        this.address = address;
        this.listener = listener;
        this.silence = silence;
        this.proxy = proxy;
    }

    /**
     * Receives the file, or what is missing of it.
     *
     * @param file holds its beginning, or nothing
     * @throws IOException that says in a few words why it cannot be had
     */
    void into(FileChannel file) throws IOException {
        HttpClient client = client();
        int fruitless = 0;
        while (true) {
            long had = file.size();
            try {
                attempt(client, file, had);
                return;
            } catch (Refused e) {
                throw new IOException(e.getMessage() + proxy.words(address), e);
            } catch (IOException e) {
                fruitless = file.size() > had ? 0 : fruitless + 1;
                if (fruitless == FRUITLESS_ATTEMPTS) {
                    throw new IOException(DataFile.reason(e) + proxy.words(address), e);
                }
            } finally {
                listener.ended();
            }
        }
    }

    private HttpClient client() {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .proxy(proxy);
        Optional<PasswordAuthentication> user = proxy.credentials(address);
        if (user.isPresent()) {
            // Java refuses to send a password to a proxy for https unless it is told so.
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
            builder.authenticator(new Authenticator() {
                @Override
                protected PasswordAuthentication getPasswordAuthentication() {
                    return getRequestorType() == RequestorType.PROXY ? user.get() : null;
                }
            });
        }
        return builder.build();
    }

    private void attempt(HttpClient client, FileChannel file, long had) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(silence);
        if (had > 0) {
            request.header("Range", "bytes=" + had + "-");
        }
        HttpResponse<InputStream> response = send(client, request.build());
        try (InputStream body = response.body()) {
            int status = response.statusCode();
            if (status == NO_SUCH_PART && had > 0) {
                file.truncate(0);
                throw new IOException("the server has no more than was received");
            }
            if (status != OK && status != PART) {
                String answer = "the server answered " + status;
                throw status >= SERVERS_FAULT ? new IOException(answer) : new Refused(answer);
            }
            boolean continues = status == PART
                    && response.headers()
                            .firstValue("Content-Range")
                            .filter(range -> range.startsWith("bytes " + had + "-"))
                            .isPresent();
            if (!continues) {
                file.truncate(0);
                if (status == PART) {
                    throw new IOException("the server sent another part than was asked for");
                }
            }
            file.position(file.size());
            copy(
                    body,
                    file,
                    response.headers().firstValueAsLong("Content-Length").orElse(-1));
        }
    }

    private HttpResponse<InputStream> send(HttpClient client, HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException(
                    HarnessException.Kind.INTERRUPTED,
                    "the download of " + address + " was interrupted; start again",
                    e);
        }
    }

    /** Copies a body whose end, or whose silence, ends the copy. */
    private void copy(InputStream body, FileChannel file, long expected) throws IOException {
        AtomicLong heard = new AtomicLong(System.nanoTime());
        AtomicBoolean silent = new AtomicBoolean();
        Thread watch = new Thread(() -> watch(body, heard, silent), "download-watch");
        watch.setDaemon(true);
        watch.start();
        try {
            copy(body, file, expected, heard);
        } catch (IOException e) {
            throw silent.get() ? silence(e) : e;
        } finally {
            watch.interrupt();
        }
        if (silent.get()) {
            throw silence(null);
        }
    }

    /** Closes a body that falls silent, which ends whoever reads it. */
    private void watch(InputStream body, AtomicLong heard, AtomicBoolean silent) {
        try {
            while (System.nanoTime() - heard.get() < silence.toNanos()) {
                Thread.sleep(Math.max(1, silence.toMillis() / 10));
            }
        } catch (InterruptedException e) {
            return; // The body has ended.
        }
        silent.set(true);
        closeQuietly(body);
    }

    private IOException silence(IOException cause) {
        return new IOException("no byte came for " + silence.toSeconds() + " s", cause);
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // The reader hears of it.
            return;
        }
    }

    private void copy(InputStream body, FileChannel file, long expected, AtomicLong heard) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long begun = System.nanoTime();
        long received = 0;
        long before = file.size();
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            heard.set(System.nanoTime());
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            received += read;
            say(before + received, expected < 0 ? -1 : before + expected, received, begun);
        }
        if (expected >= 0 && received < expected) {
            throw new IOException("the connection ended after " + received + " of " + expected + " bytes");
        }
    }

    private void say(long there, long whole, long received, long begun) {
        double seconds = Math.max(1e-3, (System.nanoTime() - begun) / 1e9);
        listener.progress(String.format(
                java.util.Locale.ROOT,
                "downloading %s: %d%s MiB, %.1f MiB/s",
                address,
                there / MIB,
                whole < 0 ? "" : " of " + (whole + MIB - 1) / MIB,
                received / seconds / MIB));
    }

    /** What asking again does not change. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }
}

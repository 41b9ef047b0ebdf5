package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxies of {@code https_proxy}, {@code http_proxy}, {@code all_proxy} and {@code no_proxy}, in small or capital letters, as
 * curl reads them. Where none is set, those of Java's own properties.
 */
final class ProxyOfEnvironment extends ProxySelector {
    private static final int USUAL_PORT = 3128;

    private final Map<String, String> environment;

    ProxyOfEnvironment(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Those of this process. */
    static ProxyOfEnvironment here() {
        return new ProxyOfEnvironment(System.getenv());
    }

    @Override
    public List<Proxy> select(URI address) {
        Optional<Named> named = named(address);
        if (named.isPresent()) {
            URI proxy = named.get().address();
            int port = proxy.getPort() < 0 ? USUAL_PORT : proxy.getPort();
            return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port)));
        }
        ProxySelector others = ProxySelector.getDefault();
        return others == null || isExcepted(address) ? List.of(Proxy.NO_PROXY) : others.select(address);
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException problem) {
        // The download fails with the same exception.
    }

    /** Words for a message: through which proxy an address is asked for, if any. */
    String words(URI address) {
        return named(address)
                .map(proxy -> " through the proxy " + proxy.address().getHost() + " of " + proxy.variable())
                .orElse("");
    }

    /** Name and password that the proxy for an address is given, if it has any. */
    Optional<PasswordAuthentication> credentials(URI address) {
        return named(address)
                .map(proxy -> proxy.address().getUserInfo())
                .filter(user -> !user.isEmpty())
                .map(user -> user.split(":", 2))
                .map(parts -> new PasswordAuthentication(parts[0], (parts.length > 1 ? parts[1] : "").toCharArray()));
    }

    private Optional<Named> named(URI address) {
        if (isExcepted(address)) {
            return Optional.empty();
        }
        String own = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT) + "_proxy";
        return Stream.of(own, "all_proxy")
                .flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT)))
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst()
                .map(name -> new Named(name, parsed(name, environment.get(name).strip())));
    }

    /** The value may hold a password, which no message repeats. */
    private static URI parsed(String variable, String value) {
        String whole = value.contains("://") ? value : "http://" + value;
        try {
            URI proxy = URI.create(whole);
            if (proxy.getHost() != null && "http".equalsIgnoreCase(proxy.getScheme())) {
                return proxy;
            }
        } catch (IllegalArgumentException e) {
            throw refused(variable, e);
        }
        throw refused(variable, null);
    }

    private static HarnessException refused(String variable, IllegalArgumentException cause) {
        return new HarnessException(
                Kind.CONFIG,
                "the environment variable " + variable
                        + " names no HTTP proxy, expected http://HOST:PORT; correct it, or unset it to download directly",
                cause);
    }

    private boolean isExcepted(URI address) {
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        String list = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
        return Stream.of(list.split("[,\\s]+", -1))
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> entry.equals("*") || matches(entry, host, port(address)));
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "http".equals(address.getScheme()) ? 80 : 443;
    }

    private static boolean matches(String entry, String host, int port) {
        if (entry.contains("/")) {
            return isInNetwork(entry, host);
        }
        int colon = entry.indexOf(':');
        boolean ported = colon > 0 && colon == entry.lastIndexOf(':');
        if (ported && !entry.substring(colon + 1).equals(Integer.toString(port))) {
            return false;
        }
        String name = (ported ? entry.substring(0, colon) : entry).replaceFirst("^\\*?\\.", "");
        return host.equals(name) || host.endsWith("." + name);
    }

    /** Whether a host that is written as four numbers lies in a network such as 10.0.0.0/8. */
    private static boolean isInNetwork(String network, String host) {
        int slash = network.indexOf('/');
        Optional<Integer> base = ipv4(network.substring(0, slash));
        Optional<Integer> own = ipv4(host);
        String bits = network.substring(slash + 1);
        if (base.isEmpty() || own.isEmpty() || !bits.matches("\\d|[12]\\d|3[0-2]")) {
            return false;
        }
        int shift = 32 - Integer.parseInt(bits);
        return shift == 32 || base.get() >>> shift == own.get() >>> shift;
    }

    private static Optional<Integer> ipv4(String written) {
        if (!written.matches("(\\d{1,3}\\.){3}\\d{1,3}")) {
            return Optional.empty();
        }
        int value = 0;
        for (String part : written.split("\\.", -1)) {
            value = (value << Byte.SIZE) | Integer.parseInt(part);
        }
        return Optional.of(value);
    }

    /**
     * A proxy.
     *
     * @param variable that names it
     * @param address of the proxy, which may hold a name and a password
     */
    private record Named(String variable, URI address) {}
}

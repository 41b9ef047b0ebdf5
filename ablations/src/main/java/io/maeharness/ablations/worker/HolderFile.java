package io.maeharness.ablations.worker;

import io.maeharness.files.FileProblem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says by its being there that a process holds something, on file systems that have no locks, as some of clusters. A
 * process that was killed leaves it behind; where it was one of this machine, that is noticed.
 *
 * @param path the file
 */
public record HolderFile(Path path) implements AutoCloseable {
    private static final Pattern HOLDER = Pattern.compile("process (\\d{1,18}) on (.*)");

    /** What systems say where locks are not known. */
    private static final List<String> WITHOUT_LOCKS = List.of("no locks available", "not supported", "not implemented");

    /** Those of this process: a file that bears its number but is none of them was left by an earlier one. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    /** Whether a lock failed because the file system has none, and not because the disk did. */
    public static boolean isWithoutLocks(IOException refused) {
        String said = String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT);
        return WITHOUT_LOCKS.stream().anyMatch(said::contains);
    }

    /** This process, as it signs. */
    public static String self() {
        return "process " + ProcessHandle.current().pid() + " on " + host();
    }

    /**
     * Creates the file, also in place of one whose process has ended.
     *
     * @return the file, to be closed; empty when another process holds it
     */
    public static Optional<HolderFile> take(Path path) throws IOException {
        Path whole = path.toAbsolutePath();
        if (!HELD.add(whole)) {
            return Optional.empty();
        }
        Optional<HolderFile> taken = Optional.empty();
        try {
            taken = create(whole);
            return taken;
        } finally {
            if (taken.isEmpty()) {
                HELD.remove(whole);
            }
        }
    }

    private static Optional<HolderFile> create(Path path) throws IOException {
        for (int i = 0; i < 2; i++) {
            try {
                Files.write(path, self().getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
                return Optional.of(new HolderFile(path));
            } catch (FileAlreadyExistsException e) {
                if (!hasEnded(holder(path))) {
                    return Optional.empty();
                }
                Files.deleteIfExists(path);
            }
        }
        return Optional.empty();
    }

    /** Who holds it, in words; empty when nobody does any more. */
    public static String holder(Path path) {
        try {
            return Files.readString(path).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether the holder is a process of this machine that is there no more; a later one may bear its number. */
    static boolean hasEnded(String holder) {
        Matcher known = HOLDER.matcher(holder);
        if (!known.matches() || !known.group(2).equals(host())) {
            return false;
        }
        long pid = Long.parseLong(known.group(1));
        return pid == ProcessHandle.current().pid()
                || ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    /** Whether the holder is one of another machine, of which nothing can be known here. */
    static boolean isElsewhere(String holder) {
        Matcher known = HOLDER.matcher(holder);
        return known.matches() && !known.group(2).equals(host());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this machine";
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
            HELD.remove(path);
        } catch (IOException e) {
            System.err.println("the file " + path + " was not removed: " + FileProblem.reason(e));
        }
    }
}

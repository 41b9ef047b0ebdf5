package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import io.maeharness.files.AtomicFile;
import io.maeharness.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Decodes every image of a folder once, before anything is computed.
 *
 * <p>What was found is kept in the cache under a digest of the images (see {@link FolderDataset#digest}) and the times of
 * their last change, so that the next run and its workers do not decode them again. The file lists the damaged images, one a
 * line: path, a tab, and what is wrong.
 */
final class ImageCheck {
    private static final String FOLDER = "checked-images";
    private static final String HEAD = "every image was decoded and its data looked through; these are damaged:";
    private static final int SHOWN = 3;
    private static final int STEP = 64;

    private final FolderDataset images;
    private final OpeningListener listener;
    private final Path record;

    private ImageCheck(FolderDataset images, DataRequest request) {
        this.images = images;
        this.listener = request.listener();
        String key = new Sha256().add(images.digest()).add(images.changes()).hex();
        this.record = request.cacheDirectory().resolve(FOLDER).resolve(key.substring(0, 20) + ".txt");
    }

    /**
     * Does what the request says about damaged images.
     *
     * @param parts the parts of a data set
     * @return the same parts without damaged images
     * @throws HarnessException of kind DATA_DAMAGED that names damaged images of all parts, or a class without any others
     */
    static Checked of(DataRequest request, List<FolderDataset> parts) {
        if (request.damaged() == DamagedImages.UNCHECKED) {
            return new Checked(parts, LeftOut.NOTHING);
        }
        parts.forEach(ImageCheck::requireReadable);
        List<FolderDataset> whole = new ArrayList<>();
        List<Found> bad = new ArrayList<>();
        LeftOut left = LeftOut.NOTHING;
        for (FolderDataset part : parts) {
            Found found = new ImageCheck(part, request).found();
            if (!found.damaged().isEmpty()) {
                bad.add(found);
                left = left.andDamaged(found.skipped());
            }
            whole.add(part);
        }
        if (bad.isEmpty()) {
            return new Checked(parts, left);
        }
        if (request.damaged() == DamagedImages.REFUSED) {
            throw HarnessException.damaged(
                    refusal(bad, parts.stream().mapToInt(FolderDataset::size).sum()));
        }
        for (Found found : bad) {
            int at = whole.indexOf(found.images());
            whole.set(at, found.images().without(found.damaged().keySet()));
        }
        return new Checked(whole, left);
    }

    /** What may not be read is not damaged: leaving it out would be no remedy. */
    private static void requireReadable(FolderDataset images) {
        List<Path> unreadable = IntStream.range(0, images.size())
                .mapToObj(i -> images.root().resolve(images.file(i)))
                .filter(file -> !Files.isReadable(file) || !Files.isRegularFile(file))
                .toList();
        if (unreadable.isEmpty()) {
            return;
        }
        long links = unreadable.stream().filter(Files::notExists).count();
        long pipes = unreadable.stream().filter(Files::isReadable).count(); // From one, reading may never end.
        long others = unreadable.size() - links - pipes;
        throw HarnessException.data(unreadable.size() + " of " + images.size() + " images of " + images.root()
                + " cannot be read: "
                + SomeNames.of(unreadable.stream().map(Path::toString).toList())
                + remedy(pipes, "pipes, devices or directories: delete them")
                + remedy(
                        links,
                        "links to files that are not there: fetch those, as git annex get or dvc pull do, or delete the"
                                + " links")
                + remedy(others, "another user's or lack the permission: chmod -R a+rX " + images.root()));
    }

    private static String remedy(long count, String what) {
        return count == 0 ? "" : "; " + count + " of them are " + what;
    }

    private static String refusal(List<Found> bad, int of) {
        int all = bad.stream().mapToInt(found -> found.damaged().size()).sum();
        List<String> first = bad.stream()
                .flatMap(found -> found.damaged().entrySet().stream()
                        .map(entry -> found.images().root().resolve(entry.getKey()) + " " + entry.getValue()))
                .toList();
        String lists = String.join(
                " and ", bad.stream().flatMap(found -> found.list().stream()).toList());
        return all + " of " + of + (all == 1 ? " images is" : " images are") + " damaged: "
                + String.join("; ", first.subList(0, Math.min(SHOWN, first.size())))
                + (all > SHOWN ? "; and " + (all - SHOWN) + " more" + (lists.isEmpty() ? "" : ", all in " + lists) : "")
                + (all == 1 ? "; replace or delete it, or leave it out" : "; replace or delete them, or leave them out")
                + " with --skip-damaged";
    }

    private Found found() {
        Optional<Map<String, String>> known = remembered();
        Map<String, String> damaged = known.isPresent() ? known.get() : decodeAll();
        boolean kept = known.isPresent() || remember(damaged);
        return new Found(images, damaged, kept ? Optional.of(record) : Optional.empty());
    }

    private Map<String, String> decodeAll() {
        OpenCvLibrary.require();
        Map<String, String> damaged = new ConcurrentSkipListMap<>();
        AtomicInteger done = new AtomicInteger();
        long begun = System.nanoTime();
        try {
            IntStream.range(0, images.size()).parallel().forEach(i -> decode(i, damaged, done, begun));
        } finally {
            listener.ended();
        }
        return damaged;
    }

    private void decode(int index, Map<String, String> damaged, AtomicInteger done, long begun) {
        try {
            ImageFile.check(images.root().resolve(images.file(index)));
        } catch (HarnessException e) {
            String path = images.root().resolve(images.file(index)).toString();
            damaged.put(
                    images.file(index), problem(e.getMessage().replace(path, "").strip()));
        }
        int count = done.incrementAndGet();
        if (count % STEP == 0) {
            say(count, begun);
        }
    }

    /** Without the way out of a single image at its end. */
    private static String problem(String line) {
        int end = line.lastIndexOf("; ");
        return end < 0 ? line : line.substring(0, end);
    }

    private synchronized void say(int count, long begun) {
        long left = Math.round((System.nanoTime() - begun) / 1e9 / count * (images.size() - count));
        listener.progress("looking once at every image of " + images.root() + ": " + count + " of " + images.size()
                + ", about " + left + " s left");
    }

    private Optional<Map<String, String>> remembered() {
        try {
            List<String> lines = Files.readAllLines(record);
            if (lines.isEmpty() || !lines.get(0).equals(HEAD)) {
                return Optional.empty();
            }
            Map<String, String> damaged = new TreeMap<>();
            for (String line : lines.subList(1, lines.size())) {
                int tab = line.indexOf('\t');
                if (tab < 0) {
                    return Optional.empty();
                }
                damaged.put(line.substring(0, tab), line.substring(tab + 1));
            }
            return Optional.of(damaged);
        } catch (IOException e) {
            return Optional.empty(); // There is none yet, or none that can be read: the images are decoded again.
        }
    }

    /** Keeps what was found, where the cache can be written and the names go into lines. */
    private boolean remember(Map<String, String> damaged) {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        damaged.forEach((file, problem) ->
                text.append(file).append('\t').append(problem).append('\n'));
        if (damaged.keySet().stream().anyMatch(file -> file.chars().anyMatch(c -> c < ' '))) {
            return false;
        }
        try {
            AtomicFile.writeDerived(record, text.toString().getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Parts without damaged images.
     *
     * @param images the parts
     * @param left which images were skipped
     */
    record Checked(List<FolderDataset> images, LeftOut left) {}

    /**
     * What is damaged of a part.
     *
     * @param damaged what is wrong with each damaged image, by its path
     * @param record file with all of them
     */
    private record Found(FolderDataset images, Map<String, String> damaged, Optional<Path> record) {
        Optional<String> list() {
            return record.map(Path::toString);
        }

        String skipped() {
            return images.name() + ": " + damaged.size() + " of " + images.size() + " skipped, damaged: "
                    + SomeNames.of(List.copyOf(damaged.keySet()));
        }
    }
}

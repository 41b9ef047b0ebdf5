package io.maeharness.core.data;

import io.maeharness.core.image.Picture;
import io.maeharness.files.Sha256;
import java.util.List;

/** Pictures that lie in memory as bytes. */
public final class MemoryDataset implements ImageDataset {

    private final String name;
    private final List<String> classNames;
    private final List<Picture> pictures;
    private final int[] labels;
    private String digest;

    /**
     * Creates a data set from pictures and labels.
     *
     * @param pictures at least one, all with the same number of channels
     * @param labels one a picture, each an index into {@code classNames}
     */
    public MemoryDataset(String name, List<String> classNames, List<Picture> pictures, int[] labels) {
        if (pictures.isEmpty() || pictures.size() != labels.length) {
            throw new IllegalArgumentException(
                    "data set " + name + " needs one label for each of at least one picture, got " + pictures.size()
                            + " pictures and " + labels.length + " labels");
        }
        for (int label : labels) {
            if (label < 0 || label >= classNames.size()) {
                throw new IllegalArgumentException("data set " + name + " has label " + label + "; its labels are 0 to "
                        + (classNames.size() - 1));
            }
        }
        this.name = name;
        this.classNames = List.copyOf(classNames);
        this.pictures = List.copyOf(pictures);
        this.labels = labels.clone();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public int channels() {
        return pictures.get(0).channels();
    }

    @Override
    public Picture image(int index) {
        return pictures.get(index);
    }

    @Override
    public synchronized String digest() {
        if (digest == null) {
            Sha256 sha = new Sha256();
            classNames.forEach(sha::add);
            for (int i = 0; i < labels.length; i++) {
                Picture picture = pictures.get(i);
                sha.add(labels[i]).add(picture.width()).add(picture.channels()).add(picture.pixels());
            }
            digest = sha.hex();
        }
        return digest;
    }
}

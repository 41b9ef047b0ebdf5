package io.maeharness.core.data;

import io.maeharness.core.image.Picture;
import io.maeharness.files.Sha256;
import java.util.List;

/** Some of the pictures of a data set, in an order of its own. */
public final class Subset implements ImageDataset {

    private final String name;
    private final ImageDataset whole;
    private final int[] indices;

    /**
     * Creates a view; nothing is copied.
     *
     * @param indices positions in {@code whole}
     */
    public Subset(String name, ImageDataset whole, int[] indices) {
        for (int index : indices) {
            if (index < 0 || index >= whole.size()) {
                throw new IllegalArgumentException("subset " + name + " asks for picture " + index + " of "
                        + whole.name() + ", which has " + whole.size());
            }
        }
        this.name = name;
        this.whole = whole;
        this.indices = indices.clone();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public int label(int index) {
        return whole.label(indices[index]);
    }

    @Override
    public List<String> classNames() {
        return whole.classNames();
    }

    @Override
    public int channels() {
        return whole.channels();
    }

    @Override
    public Picture image(int index) {
        return whole.image(indices[index]);
    }

    @Override
    public boolean isDecoded() {
        return whole.isDecoded();
    }

    @Override
    public String digest() {
        Sha256 sha = new Sha256().add(whole.digest());
        for (int index : indices) {
            sha.add(index);
        }
        return sha.hex();
    }
}

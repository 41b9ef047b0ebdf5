package io.maeharness.core.data;

import io.maeharness.core.image.Picture;
import java.util.List;

/** Labelled pictures in a fixed order; safe for use by several threads. */
public interface ImageDataset {

    /** Returns a short name for logs, such as {@code cifar10/train}. */
    String name();

    /** Returns the number of pictures. */
    int size();

    /** Returns the class of a picture, 0 to {@link #numClasses()} - 1. */
    int label(int index);

    /** Returns the names of the classes in the order of their labels. */
    List<String> classNames();

    /** Returns the number of classes. */
    default int numClasses() {
        return classNames().size();
    }

    /** Returns 1 for grey and 3 for colour pictures. */
    int channels();

    /**
     * Returns a picture; read-only.
     *
     * @throws io.maeharness.core.error.HarnessException when its file cannot be read or decoded
     */
    Picture image(int index);

    /** Returns whether a picture is read and decoded each time it is asked for, so that several threads pay off. */
    default boolean isDecoded() {
        return false;
    }

    /**
     * Returns a SHA-256 (64 hexadecimal digits) of what determines the pictures, labels and their order.
     *
     * <p>In-memory sets hash every byte. Image folders hash relative paths, sizes and, while it is
     * affordable, contents; {@link FolderDataset} says when.
     */
    String digest();
}

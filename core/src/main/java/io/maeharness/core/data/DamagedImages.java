package io.maeharness.core.data;

/** What happens to the images of a folder that cannot be decoded. */
public enum DamagedImages {
    /** Nothing looks for them: reading one is an error. For a process whose images another one has looked at. */
    UNCHECKED,
    /** Every image is decoded once, and damaged ones are refused, all of them named. */
    REFUSED,
    /** Every image is decoded once, and damaged ones are left out. */
    SKIPPED
}

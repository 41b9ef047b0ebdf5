package io.maeharness.core.data;

import io.maeharness.core.error.InvalidSettingException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which data to open, from where.
 *
 * @param source what is opened
 * @param directory where the files lie; empty: the source's usual places, then the cache, then a download
 * @param cacheDirectory where downloads are kept
 * @param allowDownload whether missing files may be fetched
 * @param mirror address to download from instead of the official one; its files must have the official digests
 * @param validationShare part of the training pictures that is carved out for validation, in [0, 1)
 * @param damaged what happens to images of a folder that cannot be decoded
 * @param listener hears how far downloads and the look at every image are
 */
public record DataRequest(
        DataSource source,
        Optional<Path> directory,
        Path cacheDirectory,
        boolean allowDownload,
        Optional<URI> mirror,
        double validationShare,
        DamagedImages damaged,
        OpeningListener listener) {

    /** Ten per cent of the training pictures. */
    public static final double DEFAULT_VALIDATION_SHARE = 0.1;

    /** Checks the share. */
    public DataRequest {
        if (!(validationShare >= 0 && validationShare < 1)) {
            throw new InvalidSettingException("the validation share must lie in [0, 1), got " + validationShare
                    + "; the default is " + DEFAULT_VALIDATION_SHARE);
        }
    }

    /** Returns the usual request for a source: 10 % validation, downloads allowed. */
    public static DataRequest of(DataSource source) {
        return new DataRequest(
                source,
                Optional.empty(),
                defaultCache(),
                true,
                Optional.empty(),
                DEFAULT_VALIDATION_SHARE,
                DamagedImages.UNCHECKED,
                OpeningListener.NONE);
    }

    /** Returns {@code $XDG_CACHE_HOME/mae-harness}, or {@code .cache/mae-harness} in the home directory. */
    public static Path defaultCache() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("mae-harness");
    }

    /** Returns this request with files from a directory. */
    public DataRequest withDirectory(Path value) {
        return new DataRequest(
                source, Optional.of(value), cacheDirectory, allowDownload, mirror, validationShare, damaged, listener);
    }

    /** Returns this request with downloads kept in another directory. */
    public DataRequest withCacheDirectory(Path value) {
        return new DataRequest(source, directory, value, allowDownload, mirror, validationShare, damaged, listener);
    }

    /** Returns this request with downloads allowed or not. */
    public DataRequest withAllowDownload(boolean value) {
        return new DataRequest(source, directory, cacheDirectory, value, mirror, validationShare, damaged, listener);
    }

    /** Returns this request with downloads from another address. */
    public DataRequest withMirror(URI value) {
        return new DataRequest(
                source,
                directory,
                cacheDirectory,
                allowDownload,
                Optional.of(value),
                validationShare,
                damaged,
                listener);
    }

    /** Returns this request with another share for validation. */
    public DataRequest withValidationShare(double value) {
        return new DataRequest(source, directory, cacheDirectory, allowDownload, mirror, value, damaged, listener);
    }

    /** Returns this request with another treatment of damaged images. */
    public DataRequest withDamaged(DamagedImages value) {
        return new DataRequest(
                source, directory, cacheDirectory, allowDownload, mirror, validationShare, value, listener);
    }

    /** Returns this request with somebody who hears how far it is. */
    public DataRequest withListener(OpeningListener value) {
        return new DataRequest(
                source, directory, cacheDirectory, allowDownload, mirror, validationShare, damaged, value);
    }
}

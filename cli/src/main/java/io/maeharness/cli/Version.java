package io.maeharness.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the harness, as the build wrote it into the jar. */
final class Version implements IVersionProvider {
    /** The version, or {@code development} where the classes were not loaded from the jar. */
    static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"mae " + current()};
    }
}

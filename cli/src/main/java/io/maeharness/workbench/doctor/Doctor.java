package io.maeharness.workbench.doctor;

import io.maeharness.core.config.Settings;
import io.maeharness.core.data.OpeningListener;
import io.maeharness.core.device.Devices;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Examines this machine for one profile. */
public final class Doctor {
    private Doctor() {}

    /**
     * Looks at everything that a run needs.
     *
     * @param settings whose data set has to be there
     * @param dataDirectory where it lies, if the command line says
     * @param output where results are to go
     * @param opening hears how far the look at every image is
     * @param heard is told each finding as soon as it is known
     * @return whether nothing has to be repaired
     */
    public static boolean examine(
            Settings settings,
            Optional<Path> dataDirectory,
            Path output,
            OpeningListener opening,
            Consumer<Finding> heard) {
        Devices devices = Devices.detect();
        boolean[] healthy = {true};
        Consumer<List<Finding>> tell = findings -> findings.forEach(finding -> {
            healthy[0] &= finding.level() != Finding.Level.FAIL;
            heard.accept(finding);
        });
        tell.accept(MachineChecks.run(devices));
        tell.accept(NativeChecks.run(devices, line -> heard.accept(Finding.ok("natives", line))));
        tell.accept(StorageChecks.run(settings, dataDirectory, output, opening));
        return healthy[0];
    }
}

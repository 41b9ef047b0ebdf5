package io.maeharness.cli;

import io.maeharness.core.config.Settings;
import io.maeharness.workbench.doctor.Doctor;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mae doctor}. */
@Command(
        name = "doctor",
        description = "Look at Java, the engine, the processor, GPUs, data sets and disk, and say what to repair.")
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Override
    public Integer call() {
        Settings settings = options.settings();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        boolean healthy = Doctor.examine(
                settings, options.dataDirectory(), options.output(settings), new OpeningProgress(err), finding -> {
                    out.println(finding.line());
                    out.flush();
                });
        return (healthy ? ExitCode.OK : ExitCode.NOT_READY).code();
    }
}

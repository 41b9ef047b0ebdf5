package io.maeharness.workbench.doctor;

import io.maeharness.core.device.Devices;
import io.maeharness.core.device.EngineCheck;
import io.maeharness.core.device.EngineNatives;
import io.maeharness.core.device.GpuTrial;
import io.maeharness.interop.onnx.OnnxGpu;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Loads the engine and OpenCV in a child process and looks at what came of it. */
final class NativeChecks {
    private static final String SILENT = "no answer";
    private static final String REPAIR =
            "delete ~/.djl.ai so that the natives are unpacked again, or unpack them elsewhere with MAE_NATIVES_DIR, and build"
                    + " again with ./mvnw -DskipTests package";

    private NativeChecks() {}

    /**
     * Loads the natives, which may have to be fetched first, and has them compute on every GPU, whatever is remembered.
     *
     * @param heard is told each file that is fetched
     */
    static List<Finding> run(Devices devices, Consumer<String> heard) {
        GpuTrial trial =
                devices.hasCandidates() ? GpuTrial.anew(devices, heard) : new GpuTrial(devices, EngineCheck.run(heard));
        return of(devices, trial, OnnxGpu::problem);
    }

    /**
     * What came of it.
     *
     * @param onnx why ONNX Runtime cannot use a GPU; asked where there is one
     */
    static List<Finding> of(Devices devices, GpuTrial trial, Supplier<Optional<String>> onnx) {
        EngineCheck check = trial.check();
        List<Finding> findings = new ArrayList<>(List.of(natives(devices.natives()), engine(check), openCv(check)));
        if (devices.hasCandidates()) {
            findings.addAll(gpus(devices, trial.usable()));
            findings.add(onnx.get()
                    .map(problem -> Finding.warn("gpu onnx", problem, "only evaluate and tokenizers of a user need it"))
                    .orElseGet(() -> Finding.ok("gpu onnx", "ONNX Runtime starts its CUDA provider")));
        }
        return findings;
    }

    private static Finding natives(Optional<EngineNatives> natives) {
        return natives.map(n -> Finding.ok(
                        "natives", "libtorch " + n.version() + " " + n.flavor() + ", from the " + n.origin()))
                .orElseGet(() -> Finding.warn(
                        "natives", "none on the class path", "the engine downloads them at its first start"));
    }

    private static Finding engine(EngineCheck check) {
        return check.computes()
                ? Finding.ok("engine", check.facts().get("engine") + " loads and computes")
                : Finding.fail("engine", "does not work: " + check.problem().orElse(SILENT), REPAIR);
    }

    /** What the driver lists and what the engine computes on may differ. */
    private static List<Finding> gpus(Devices devices, Devices usable) {
        int computing = usable.gpus().size();
        String seen = "the driver lists " + devices.gpus().size() + ", the engine computes on " + computing;
        if (computing == devices.gpus().size()) {
            return List.of(Finding.ok("gpu engine", seen));
        }
        List<String> before = devices.leftOut();
        return usable.leftOut().stream()
                .filter(line -> !before.contains(line))
                .map(line -> Finding.warn(
                        "gpu engine",
                        seen + ": " + line,
                        computing == 0
                                ? "install an NVIDIA driver for CUDA 12 (525 or later), or use --device cpu"
                                : "the others are used; nvidia-smi -q may say more of it"))
                .toList();
    }

    private static Finding openCv(EngineCheck check) {
        String state = check.facts().getOrDefault("opencv", check.problem().orElse(SILENT));
        return state.equals("ok")
                ? Finding.ok("opencv", "loads")
                : Finding.warn(
                        "opencv",
                        "does not load: " + state,
                        "only image folders need it; where the directory of temporary files forbids execution, set MAE_NATIVES_DIR");
    }
}

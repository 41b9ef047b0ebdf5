package io.maeharness.workbench.doctor;

import io.maeharness.core.device.Devices;
import io.maeharness.core.device.EngineCheck;
import io.maeharness.core.device.EngineNatives;
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
     * Loads the natives, which may have to be fetched first.
     *
     * @param heard is told each file that is fetched
     */
    static List<Finding> run(Devices devices, Consumer<String> heard) {
        return of(devices, EngineCheck.run(heard), OnnxGpu::problem);
    }

    /**
     * What came of it.
     *
     * @param onnx why ONNX Runtime cannot use a GPU; asked where there is one
     */
    static List<Finding> of(Devices devices, EngineCheck check, Supplier<Optional<String>> onnx) {
        List<Finding> findings = new ArrayList<>(List.of(natives(devices.natives()), engine(check), openCv(check)));
        if (devices.hasCandidates()) {
            findings.add(gpus(devices, check));
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

    /** Driver and engine may each see another number of GPUs. */
    private static Finding gpus(Devices devices, EngineCheck check) {
        int listed = devices.gpus().size();
        String seen = "the driver lists " + listed + ", the engine computes on " + check.gpus();
        return check.gpus() >= listed
                ? Finding.ok("gpu engine", seen)
                : Finding.warn(
                        "gpu engine",
                        seen + ": " + check.problem().orElse("libtorch finds no CUDA"),
                        "install an NVIDIA driver for CUDA 12 (525 or later), or use --device cpu");
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

package io.maeharness.interop.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.maeharness.core.error.HarnessException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ONNX Runtime computes on.
 *
 * @param gpu number of the CUDA GPU; negative for the processor
 * @param insisted whether the user asked for it, so that nothing else will do
 */
record ExecutionProvider(int gpu, boolean insisted) {
    private static final Pattern GPU = Pattern.compile("gpu(?::(\\d{1,3}))?");
    private static final Pattern DEVICE = Pattern.compile(
            "CUDA (failure|error)|CUDNN (failure|error)|CUBLAS (failure|error)|cuda(Set|Get)Device"
                    + "|libonnxruntime_providers_cuda",
            Pattern.CASE_INSENSITIVE);

    /**
     * Reads a device as on the command line: {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}.
     *
     * @throws HarnessException of kind USAGE for anything else, DEVICE when this ONNX Runtime has no CUDA
     */
    static ExecutionProvider of(String device) {
        boolean cuda = OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
        Matcher gpu = GPU.matcher(device);
        if (gpu.matches()) {
            if (!cuda) {
                throw new HarnessException(
                        HarnessException.Kind.DEVICE,
                        "--device " + device + ": this ONNX Runtime computes on the processor only; build with"
                                + " -Pcuda (MAVEN_ARGS=-Pcuda) or use --device cpu");
            }
            return new ExecutionProvider(gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1)), true);
        }
        if (!device.equals("auto") && !device.equals("cpu")) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE, "--device takes auto, cpu, gpu or gpu:N, got '" + device + "'");
        }
        return new ExecutionProvider(cuda && device.equals("auto") ? 0 : -1, false);
    }

    /**
     * A loaded model.
     *
     * @param model ready to run
     * @param onGpu whether it was put on a GPU
     * @param notice why it is not on the GPU that was tried first
     */
    record Opened(OnnxModel model, boolean onGpu, Optional<String> notice) {}

    /** Loads a model on it; on the processor where the CUDA provider does not start and nobody insisted on it. */
    Opened open(Path file, OnnxModel.Options settings) {
        if (gpu < 0) {
            return new Opened(OnnxModel.open(file, settings), false, Optional.empty());
        }
        try {
            OnnxModel model = OnnxModel.open(file, options -> {
                settings.apply(options);
                addCuda(options);
            });
            return new Opened(model, true, Optional.empty());
        } catch (HarnessException e) {
            if (insisted || e.kind() != HarnessException.Kind.DEVICE) {
                throw e;
            }
            return new Opened(OnnxModel.open(file, settings), false, Optional.of(e.getMessage()));
        }
    }

    /** Products of fp32 stay fp32: the provider would take TF32 by itself. */
    void addCuda(OrtSession.SessionOptions options) {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(gpu)) {
            cuda.add("use_tf32", "0");
            options.addCUDA(cuda);
        } catch (OrtException e) {
            throw notStarted(e);
        }
    }

    /** Whether a message speaks of the device and not of the model. */
    static boolean isOfTheDevice(String message) {
        return DEVICE.matcher(message).find();
    }

    /** The line for a GPU that ONNX Runtime cannot use. */
    static HarnessException notStarted(OrtException e) {
        return new HarnessException(
                HarnessException.Kind.DEVICE,
                "ONNX Runtime's CUDA provider does not start (" + e.getMessage()
                        + "); install CUDA 12 and cuDNN 9, or use --device cpu",
                e);
    }
}

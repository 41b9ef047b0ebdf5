/** What other programs read and write: their checkpoints, and ONNX and safetensors files of the harness's own stages. */
package io.maeharness.interop;

/** Files that leave compute what the harness computes. */
package io.maeharness.interop.onnx;

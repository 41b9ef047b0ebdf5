/** Weights and training state on disk: safetensors files, written atomically, checked before they are believed. */
package io.maeharness.core.checkpoint;

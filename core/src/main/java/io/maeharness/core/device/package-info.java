/**
 * What this machine can compute on, found out without loading the engine: processor features, GPUs, engine natives.
 */
package io.maeharness.core.device;

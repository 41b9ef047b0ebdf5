package io.maeharness.ablations.worker;

import ai.djl.engine.Engine;

/**
 * Which engine a worker computes with.
 *
 * @param djlVersion version of DJL
 * @param name name of the engine
 * @param version version of the engine's native library
 */
public record EngineFacts(String djlVersion, String name, String version) {
    /** The engine of this process, which is loaded if it was not yet. */
    public static EngineFacts loaded() {
        Engine engine = Engine.getInstance();
        return new EngineFacts(Engine.getDjlVersion(), engine.getEngineName(), engine.getVersion());
    }
}

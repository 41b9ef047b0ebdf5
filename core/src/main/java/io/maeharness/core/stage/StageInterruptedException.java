package io.maeharness.core.stage;

/** A stage was asked to stop, has written its checkpoint and can be resumed. */
public final class StageInterruptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says at which step the checkpoint was written. */
    public StageInterruptedException(long step) {
        super("stopped after step " + step + "; the next run goes on from there");
    }
}

package io.maeharness.core.stage;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What identifies a kind of stage. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StageKind {
    /** Short name, as in the JSON form and in tables of stages, e.g. {@code linear-probe}. */
    String name();

    /**
     * Version of what is computed, part of every stage's hash.
     *
     * <p>Raise it when the same fields come to mean another computation: finished stages of the old meaning are then no
     * longer taken for results of the new one.
     */
    int version();
}

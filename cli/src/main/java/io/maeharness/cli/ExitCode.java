package io.maeharness.cli;

import io.maeharness.ablations.run.RunSummary;
import io.maeharness.core.error.HarnessException;
import io.maeharness.results.ResultStoreException;
import io.maeharness.workbench.gate.GateCheck;
import java.util.Set;
import java.util.stream.Collectors;

/** Every exit code of {@code mae} and what it means; the README's table is checked against this one. */
public enum ExitCode {
    /** Success. */
    OK(0, "everything asked for was done"),
    /** A malformed command line. */
    USAGE(2, "an unknown option or command, or an option's value out of range"),
    /** No such table or case. */
    UNKNOWN_TABLE(3, "there is no such table, figure or case"),
    /** No such profile. */
    UNKNOWN_PROFILE(4, "there is no such profile"),
    /** A profile file or a changed key is wrong. */
    CONFIG(5, "an unknown key, or a value that does not fit, in a profile file or after --set"),
    /** Images cannot be found or read. */
    DATA(6, "a data set is missing or cannot be read"),
    /** Images are not what was published. */
    DATA_DAMAGED(7, "a data file is truncated or altered"),
    /** A checkpoint cannot be used. */
    CHECKPOINT(8, "a checkpoint cannot be used"),
    /** No space left. */
    DISK(9, "the disk is full or refuses writes"),
    /** Results cannot be written. */
    STORE_READ_ONLY(10, "the results directory cannot be written"),
    /** Another process writes the same results. */
    STORE_LOCKED(11, "another run is using the results directory"),
    /** The file of results is not what the harness writes. */
    STORE_CORRUPT(12, "the results file is damaged"),
    /** No such GPU. */
    DEVICE(13, "the device asked for is not there"),
    /** A library does not load. */
    NATIVE(14, "a library does not load: a native one, or one that is damaged"),
    /** Some stages failed. */
    STAGES_FAILED(15, "some stages failed, for more than one reason or one of their own; the others were measured"),
    /** {@code mae check} found a regression. */
    ACCURACY_MOVED(16, "results or speeds are worse than the reference, or a computation is another one"),
    /** {@code mae doctor} found something broken. */
    NOT_READY(17, "mae doctor found something that has to be repaired"),
    /** {@code mae check} or {@code mae diff} has nothing to compare, or too little. */
    CANNOT_TELL(
            18,
            "mae check or mae diff cannot tell: too few seeds, other definitions, data or processors, or nothing in common"),
    /** {@code mae claims --paper} found a claim that is wrongly formalised. */
    CLAIM_FAILED(19, "a claim does not hold on the paper's own numbers"),
    /** The launcher gave up. */
    LAUNCHER(20, "no Java 17 or later was found, or the build failed"),
    /** {@code mae replay} computed something else. */
    REPLAY_DIFFERS(21, "a replay gave another value than was published, and no other processor or library explains it"),
    /** {@code mae replay} has nothing that it could run. */
    NOT_REPLAYABLE(22, "a published value cannot be computed again by this code, or on these images"),
    /** {@code mae diff} found cells whose values are not the same. */
    RUNS_DIFFER(23, "two runs differ in the values of cells that both have"),
    /** Not enough memory. */
    MEMORY(24, "there is not enough memory for what was asked"),
    /** A bug. */
    INTERNAL(25, "an error inside the harness; the line names the log to report it with"),
    /** Stopped by the user. */
    INTERRUPTED(130, "stopped by Ctrl-C or a signal; the same command goes on from there");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number the process ends with. */
    public int code() {
        return code;
    }

    /** What it means, for the README. */
    public String meaning() {
        return meaning;
    }

    /** The code of a kind of problem. */
    public static ExitCode of(HarnessException.Kind kind) {
        return switch (kind) {
            case USAGE -> USAGE;
            case UNKNOWN_TABLE -> UNKNOWN_TABLE;
            case UNKNOWN_PROFILE -> UNKNOWN_PROFILE;
            case CONFIG -> CONFIG;
            case DATA -> DATA;
            case DATA_DAMAGED -> DATA_DAMAGED;
            case CHECKPOINT -> CHECKPOINT;
            case DISK -> DISK;
            case STORE_LOCKED -> STORE_LOCKED;
            case STORE_READ_ONLY -> STORE_READ_ONLY;
            case STORE_CORRUPT -> STORE_CORRUPT;
            case DEVICE -> DEVICE;
            case NATIVE -> NATIVE;
            case STAGE_FAILED -> STAGES_FAILED;
            case MEMORY -> MEMORY;
            case INTERNAL -> INTERNAL;
            case NOT_REPLAYABLE -> NOT_REPLAYABLE;
            case INTERRUPTED -> INTERRUPTED;
        };
    }

    /** The code of a run: one kind of failure has its own, several kinds share one. */
    static ExitCode of(RunSummary summary) {
        if (summary.interrupted()) {
            return INTERRUPTED;
        }
        Set<ExitCode> codes =
                summary.failures().stream().map(failure -> of(failure.kind())).collect(Collectors.toSet());
        return codes.isEmpty() ? OK : codes.size() == 1 ? codes.iterator().next() : STAGES_FAILED;
    }

    /** The code of a check: a regression counts more than a failure of what was measured for it. */
    static ExitCode of(GateCheck.Ended check) {
        ExitCode told =
                switch (check.verdict()) {
                    case REGRESSION -> ACCURACY_MOVED;
                    case CANNOT_TELL -> CANNOT_TELL;
                    case SAME, BETTER -> OK;
                };
        ExitCode run = check.run().map(ExitCode::of).orElse(OK);
        return told == ACCURACY_MOVED || run == OK ? told : run;
    }

    /** The code of a benchmark that has measured, or has said why it could not. */
    static ExitCode ofBenchmark(boolean measured) {
        return measured ? OK : STAGES_FAILED;
    }

    /** The code of a problem of the results store. */
    public static ExitCode of(ResultStoreException.Kind kind) {
        return switch (kind) {
            case CORRUPT -> STORE_CORRUPT;
            case READ_ONLY -> STORE_READ_ONLY;
            case DISK_FULL, IO -> DISK;
        };
    }
}

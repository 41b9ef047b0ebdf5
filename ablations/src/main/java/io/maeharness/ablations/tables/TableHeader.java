package io.maeharness.ablations.tables;

import io.maeharness.results.PlotKind;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What is said once of a table and is the same in every profile. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TableHeader {
    /** Identifier, as on the command line and in the results: lower-case letters, digits and hyphens. */
    String id();

    /** Place among the tables, ascending: in which order they are listed and run. */
    int order();

    /** Title, for example {@code Table 1a. Decoder depth}. */
    String title();

    /** One or more sentences on what the table shows. */
    String caption();

    /** Where the paper has it, for example {@code paper, table 1 (a)}. */
    String source() default "this harness";

    /** How it is drawn. */
    PlotKind plot() default PlotKind.NONE;

    /** Label of the plot's axis of rows, for example {@code decoder blocks}. */
    String axis() default "";

    /** Header of the first column, for example {@code blocks}. */
    String rows() default "case";

    /** Whether {@code ./mae reproduce} without a name runs it. */
    boolean inDefaultRun() default false;

    /** Whether its stages read the profile's images; a table that does not is planned and run without them. */
    boolean readsImages() default true;

    /** Tables that are run with this one when it is asked for as a whole. */
    String[] companions() default {};
}

/**
 * One file for each table or figure of the paper.
 *
 * <p>A table lists its rows, each as its difference from the default configuration. To add one, add a public class here
 * that implements {@link io.maeharness.ablations.tables.PaperTable}, has a
 * {@link io.maeharness.ablations.tables.TableHeader} and a public constructor without parameters: it is found by being
 * here. Nothing in this package reads, writes or trains.
 *
 * <p>The cost that a table's Javadoc names counts stages: a pre-training and its three evaluations (fine-tuning, linear
 * probing, nearest neighbours) for each row that differs from the default. The default's own stages are shared with
 * every other table, and each seed repeats all of it. {@code ./mae plan TABLE --profile NAME} turns that into FLOPs and
 * hours for this machine.
 */
package io.maeharness.ablations.tables;

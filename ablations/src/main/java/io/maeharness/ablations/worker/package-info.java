/**
 * The process that computes stages, and the coordinator's end of it.
 *
 * <p>A worker reads one JSON message a line from its standard input and answers on its standard output, which carries
 * nothing else; what it prints otherwise goes to its log. The end of its input is the request to stop: between two steps
 * it writes a checkpoint and ends. So no worker outlives its coordinator for long, whatever ended that one.
 *
 * <p>A worker is a process of its own because the engine allows one gradient collector in a JVM, its generator and
 * threads are global to it, and a native abort takes the JVM along.
 */
package io.maeharness.ablations.worker;

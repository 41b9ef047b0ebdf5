/** The {@code mae} command: the only main of the harness. */
package io.maeharness.cli;

/**
 * The {@code mae} command: the only main of the harness. Commands, their options, what they print, and exit codes; what
 * they do is in {@code io.maeharness.workbench}.
 */
package io.maeharness.cli;

/** How a run is shown while it goes: lines redrawn in place on a terminal, plain log lines elsewhere. */
package io.maeharness.cli.progress;

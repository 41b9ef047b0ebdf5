/**
 * What a front end asks for: a session of one profile on one machine, and what can be planned, measured and told with it.
 * Nothing here knows how it is asked or shown; {@code io.maeharness.cli} is the front end for a terminal.
 */
package io.maeharness.workbench;

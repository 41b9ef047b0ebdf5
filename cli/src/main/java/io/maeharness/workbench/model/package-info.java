/** Models that leave and are looked at: finished stages as files, and files that are evaluated and timed. */
package io.maeharness.workbench.model;

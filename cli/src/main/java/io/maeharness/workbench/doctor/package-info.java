/** {@code mae doctor}: what this machine has and lacks, each with the way out. */
package io.maeharness.workbench.doctor;

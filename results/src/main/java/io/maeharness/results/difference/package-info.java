/** What differs between two outcomes of one stage, two records of how they came about, and two whole runs. */
package io.maeharness.results.difference;

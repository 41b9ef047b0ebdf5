/** What results say: the rows of a configuration, verdicts on the paper's claims, the report and its publication. */
package io.maeharness.workbench.report;

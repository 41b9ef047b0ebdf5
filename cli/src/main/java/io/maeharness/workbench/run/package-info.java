/** Runs that a user watches: a plan is measured, the report kept up to date, pictures listed; replays of published values. */
package io.maeharness.workbench.run;

package io.maeharness.reporting;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A report that has been written.
 *
 * @param index the page, {@code index.html}
 * @param count cells of all its tables by state
 * @param plotsDrawn plots that were drawn; those whose data had not changed are not among them
 * @param plotProblem why no plot could be drawn, with the way out; empty when they could
 */
public record RenderedReport(Path index, CellCount count, int plotsDrawn, Optional<String> plotProblem) {}

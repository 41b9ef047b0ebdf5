package io.maeharness.core.config;

import io.maeharness.core.error.InvalidSettingException;
import java.util.List;
import java.util.Map;

/**
 * This profile's counterparts of the values along the axes of the paper's tables.
 *
 * <p>The case keeps the paper's key (blocks 8, width 512) and the report shows both numbers.
 *
 * @param decoderDepths for the paper's 1, 2, 4, 8, 12 blocks (table 1a); the fourth is the profile's default
 * @param decoderWidths for the paper's 128, 256, 512, 768, 1024 (table 1b); the third is the profile's default
 * @param decoderHeads attention heads at each of {@code decoderWidths}
 * @param partialBlocks for a number of fine-tuned blocks of the paper's 24 (figure 9; "0.5" is half a block) the number
 *     of this profile's encoder; points that a shallow encoder cannot tell apart are left out and shown as skipped
 * @param contextLengths how many times the profile's own length the trainings of table {@code context-lengths} take,
 *     from 1 on
 */
public record PaperAxes(
        List<Integer> decoderDepths,
        List<Integer> decoderWidths,
        List<Integer> decoderHeads,
        Map<String, Double> partialBlocks,
        List<Integer> contextLengths) {
    /** The paper's decoder depths, table 1a. */
    public static final List<Integer> PAPER_DEPTHS = List.of(1, 2, 4, 8, 12);

    /** The paper's decoder widths, table 1b. */
    public static final List<Integer> PAPER_WIDTHS = List.of(128, 256, 512, 768, 1024);

    /** Checks every field. */
    public PaperAxes {
        Check.ascending("axes.decoderDepths", decoderDepths, PAPER_DEPTHS.size());
        Check.ascending("axes.decoderWidths", decoderWidths, PAPER_WIDTHS.size());
        if (decoderHeads.size() != decoderWidths.size()) {
            throw new InvalidSettingException("axes.decoderHeads must list " + decoderWidths.size()
                    + " values, one for each of axes.decoderWidths, got " + decoderHeads);
        }
        for (int i = 0; i < decoderWidths.size(); i++) {
            Check.divides("axes.decoderHeads", decoderHeads.get(i), "axes.decoderWidths", decoderWidths.get(i));
        }
        Check.ascending("axes.contextLengths", contextLengths, contextLengths.size());
        if (contextLengths.isEmpty() || contextLengths.get(0) != 1) {
            throw new InvalidSettingException(
                    "axes.contextLengths must begin with 1, the profile's own length, got " + contextLengths);
        }
        decoderDepths = List.copyOf(decoderDepths);
        decoderWidths = List.copyOf(decoderWidths);
        decoderHeads = List.copyOf(decoderHeads);
        partialBlocks = Map.copyOf(partialBlocks);
        contextLengths = List.copyOf(contextLengths);
    }
}

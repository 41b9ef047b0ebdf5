package io.maeharness.ablations.tables;

import io.maeharness.core.config.PaperAxes;
import io.maeharness.core.config.Settings;
import io.maeharness.results.CaseLayout;
import io.maeharness.results.PlotKind;
import io.maeharness.results.TableLayout;
import io.maeharness.results.claims.Claim;
import io.maeharness.results.claims.ClaimFamily;
import io.maeharness.results.claims.ClaimTerms;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How wide the decoder is: 128, 256, 512, 768 or 1024, or this profile's counterparts of them.
 *
 * <p>The width must be a multiple of the number of heads, so a case changes both where a profile gives its widths
 * different numbers of heads ({@code axes.decoderHeads}).
 *
 * <p>Source: paper, section 4.1, table 1 (b). Command: {@code ./mae reproduce table1b}.
 *
 * <p>Cost in each profile: four pre-trainings with their evaluations beyond the default's; smoke a few steps of each,
 * quick and cifar10 with {@code axes.decoderWidths}, imagenet with the paper's widths.
 */
public final class Table1bDecoderWidth implements PaperTable {
    private static final int DEFAULT = 2;

    @Override
    public String id() {
        return "table1b";
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    public boolean inDefaultRun() {
        return true;
    }

    @Override
    public List<AblationCase> cases(Settings profile) {
        return IntStream.range(0, PaperAxes.PAPER_WIDTHS.size())
                .mapToObj(i -> width(i, profile))
                .toList();
    }

    private static AblationCase width(int i, Settings profile) {
        int paper = PaperAxes.PAPER_WIDTHS.get(i);
        boolean isDefault = i == DEFAULT;
        int ours = isDefault
                ? profile.model().decoderDim()
                : profile.axes().decoderWidths().get(i);
        return AblationCase.of(
                CaseLayout.of("width-" + paper, Integer.toString(paper), Columns.ours(paper, ours), isDefault, paper),
                isDefault
                        ? Map.of()
                        : changes(ours, profile.axes().decoderHeads().get(i), profile));
    }

    private static Map<String, String> changes(int width, int heads, Settings profile) {
        Map<String, String> changes = new TreeMap<>(Map.of("model.decoderDim", Integer.toString(width)));
        if (heads != profile.model().decoderHeads()) {
            changes.put("model.decoderHeads", Integer.toString(heads));
        }
        return changes;
    }

    @Override
    public List<Claim> claims(ClaimTerms terms) {
        ClaimFamily table = terms.family(id());
        return List.of(
                table.primary(
                        "table1b-default-both",
                        "section 4.1, table 1b",
                        "width 512 does well under both protocols",
                        Stream.of("ft", "lin")
                                .flatMap(metric -> Stream.of(128, 256, 768, 1024)
                                        .map(width -> table.notWorse(
                                                "width-512." + metric,
                                                "width-" + width + "." + metric,
                                                terms.margin())))
                                .toList()),
                table.primary(
                        "table1b-ft-narrow",
                        "section 4.1, table 1b",
                        "narrower decoders fine-tune as well",
                        table.notWorse("width-128.ft", "width-512.ft", terms.margin()),
                        table.notWorse("width-256.ft", "width-512.ft", terms.margin())),
                table.secondary(
                        "table1b-lin-narrow",
                        "table 1b (numbers only)",
                        "a narrow decoder costs linear probing",
                        table.higher("width-512.lin", "width-128.lin")));
    }

    @Override
    public TableLayout layout(Settings profile) {
        return new TableLayout(
                id(),
                "Table 1b. Decoder width",
                "The decoder can be narrower than the encoder.",
                "paper, table 1 (b)",
                "./mae reproduce table1b",
                Columns.PRETRAINING,
                AblationCase.layouts(cases(profile)),
                PlotKind.LINES,
                "decoder width",
                "dim");
    }
}

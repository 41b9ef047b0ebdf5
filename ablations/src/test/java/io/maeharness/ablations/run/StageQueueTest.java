package io.maeharness.ablations.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.TestProfile;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StageQueueTest {
    private final Plan plan = TestProfile.plan("table1c");
    private final StageQueue queue = queue(plan, Set.of());

    private static StageQueue queue(Plan plan, Set<String> withOutcome) {
        return new StageQueue(plan, plan.open(withOutcome, (parent, child) -> true));
    }

    private static String kind(PlannedStage stage) {
        return stage.stage().kind();
    }

    @Test
    void aChildIsGivenOutOnlyAfterItsParentIsFinished() throws InterruptedException {
        PlannedStage first = queue.take().orElseThrow();
        PlannedStage second = queue.take().orElseThrow();
        assertEquals(List.of("pretrain", "pretrain"), List.of(kind(first), kind(second)));
        queue.finished(second);
        assertEquals(second.hash(), queue.take().orElseThrow().parent().orElseThrow());
    }

    @Test
    void aCaseIsFinishedBeforeTheNextPreTrainingStarts() throws InterruptedException {
        queue.finished(queue.take().orElseThrow());
        assertEquals("finetune", kind(queue.take().orElseThrow()));
        assertEquals("linear-probe", kind(queue.take().orElseThrow()));
        assertEquals("knn", kind(queue.take().orElseThrow()));
        assertEquals("pretrain", kind(queue.take().orElseThrow()));
    }

    @Test
    void theChildrenOfAFailedStageAreLost() throws InterruptedException {
        PlannedStage first = queue.take().orElseThrow();
        List<PlannedStage> lost = queue.failed(first);
        assertEquals(3, lost.size());
        assertEquals(plan.stages().size() - 4, queue.undecided().size());
    }

    @Test
    void aStageGivenBackIsGivenOutAgain() throws InterruptedException {
        PlannedStage first = queue.take().orElseThrow();
        queue.giveBack(first);
        assertEquals(first, queue.take().orElseThrow());
    }

    @Test
    void nothingIsGivenOutAfterAStop() throws InterruptedException {
        queue.stop();
        assertTrue(queue.take().isEmpty());
    }

    @Test
    void aStageThatMustRunAloneComesLastAndOnlyWhenNothingElseRuns() throws InterruptedException {
        Plan mixed = TestProfile.plan("table2/vit-l-depth-8", "context/raw-pixels", "context/scratch");
        StageQueue both = queue(mixed, Set.of());
        PlannedStage first = both.take().orElseThrow();
        PlannedStage second = both.take().orElseThrow();
        assertEquals(List.of("knn", "finetune"), List.of(kind(first), kind(second)));
        both.finished(first);
        assertTrue(both.take().isEmpty(), "the other taker will do what must run alone");
        both.finished(second);
        assertEquals("wall-clock", kind(both.take().orElseThrow()));
        assertTrue(both.take().isEmpty(), "nothing else runs meanwhile");
    }

    @Test
    void aQueueWithoutOpenStagesIsExhausted() throws InterruptedException {
        assertTrue(queue(plan, plan.hashes()).take().isEmpty());
    }

    @Test
    void aLostPreTrainingIsRunAgainForTheEvaluationThatNeedsIt() {
        Set<String> withOutcome = new HashSet<>();
        plan.stages().stream()
                .filter(stage -> stage.stage().kind().equals("knn"))
                .forEach(stage -> withOutcome.add(stage.hash()));
        assertEquals(6, queue(plan, withOutcome).undecided().size());
    }

    /** For two workers, with nothing done. */
    private static StageQueue queueOfTwo(Plan plan) {
        return new StageQueue(plan, plan.open(Set.of(), (parent, child) -> true), 2);
    }

    @Test
    void nearTheEndSeveralWorkersBeginWithTheLongestChain() throws InterruptedException {
        StageQueue two = queueOfTwo(plan);
        two.finished(two.take().orElseThrow());
        assertEquals(
                "pretrain", kind(two.take().orElseThrow()), "its evaluations would otherwise run alone at the end");
        assertEquals("finetune", kind(two.take().orElseThrow()));
    }

    @Test
    void asLongAsManyStagesAreLeftTablesFillInTheirOrder() throws InterruptedException {
        StageQueue two = queueOfTwo(TestProfile.plan("table1c", "table1f"));
        two.finished(two.take().orElseThrow());
        assertEquals("finetune", kind(two.take().orElseThrow()));
    }
}

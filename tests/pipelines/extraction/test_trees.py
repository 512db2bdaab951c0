"""A forest gives what asking its trees one by one gives, and scores around a block are what they say they are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipelines.extraction.kernels.context import CONTEXT, NEAR, WIDE, surround
from pipelines.extraction.kernels.lanes import DEPTH, LANES
from pipelines.extraction.kernels.trees import TOGETHER, ask, forest


@given(st.integers(0, 2**32 - 1), st.integers(0, 70), st.integers(1, 6))
def test_a_forest_is_its_trees(seed: int, blocks: int, trees: int) -> None:
    chance = np.random.default_rng(seed)
    measured = chance.normal(size=(7, (blocks // LANES + 1) * LANES)).astype(np.float32)
    measured[:, : blocks // 2] = measured[:, :1]
    features = chance.integers(0, 7, (trees, DEPTH)).astype(np.int32)
    borders = chance.normal(size=(trees, DEPTH)).astype(np.float32)
    borders[::2] = measured.flat[chance.integers(0, measured.size, borders[::2].shape)]
    leaves = chance.normal(size=(trees, 1 << DEPTH)).astype(np.float32)
    scores, asked = np.full(blocks, 0.5, np.float32), forest(features, borders, leaves)
    ask(*asked, measured, np.zeros((len(asked.features) + TOGETHER, LANES), np.uint8), scores)
    for block in range(blocks):
        wanted = np.float32(0.5)
        for tree in range(trees):
            bits = [measured[features[tree, depth], block] > borders[tree, depth] for depth in range(DEPTH)]
            wanted += leaves[tree, sum(bool(bit) << depth for depth, bit in enumerate(bits))]
        assert scores[block] == wanted


@given(st.lists(st.floats(-20, 20, width=32), max_size=40))
def test_scores_around_a_block(values: list[float]) -> None:
    scores = np.array(values, np.float32)
    found = np.empty((len(CONTEXT) + 2, len(values)), np.float32)
    surround(scores, found, 2)
    sure = scores.clip(-6, 6)
    for block in range(len(values)):
        for place, step in enumerate(NEAR):
            there = 0 <= block + step < len(values)
            assert found[2 + place, block] == (sure[block + step] if there else -6)
        near = sure[max(block - WIDE, 0) : block + WIDE + 1]
        np.testing.assert_allclose(found[2 + len(NEAR), block], near.mean(dtype=np.float64), rtol=1e-4, atol=1e-4)
        assert found[3 + len(NEAR), block] == sure.max()

import numpy as np

import techprio as tp


def test_a_zero_gain_makes_the_product_zero_unless_its_weight_is_zero():
    values = np.array([[0.0, 2.0], [1.0, 1.0]])
    product = tp.ranking.WeightedProduct("max")
    assert product(values, np.array([0.5, 0.5]), np.ones(2)).tolist() == [0.0, 0.5**0.5]
    np.testing.assert_allclose(product(values, np.array([0.0, 1.0]), np.ones(2)), [1.0, 0.5])

"""What dropout adds to the squared loss of one linear layer, in the mean over all masks: a ridge made by the data."""

import numpy as np

from dropout_lib.arguments import check_keep_prob


def dropout_ridge(products, sums, *, keep_prob):
    """Give the weights at which the mean squared loss over all masks is least, and the matrix of its curvature.

    `products`, shape (features, features), has the mean (or the sum) over the examples of x_i x_j, and `sums`, shape
    (features,), that of x_i y. At weights w the mean loss is (w - least) @ curvature @ (w - least) above its minimum.
    The masks add (1 - keep_prob) / keep_prob times the diagonal of `products` (Srivastava et al. 2014, section 9.1).
    Raises ValueError for a keep_prob outside (0, 1], LinAlgError where no single point is the minimum.
    """
    check_keep_prob(keep_prob)
    products = np.asarray(products, float)
    curvature = products + (1 - keep_prob) / keep_prob * np.diag(np.diag(products))
    return np.linalg.solve(curvature, np.asarray(sums, float)), curvature

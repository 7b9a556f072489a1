"""The terms of the training loss. All take float tensors on one device and return a scalar."""

import torch
import torch.nn.functional as F


def effective_number_weights(labels, beta):
    """Weight of a yes and of a no per attribute, by the effective number of samples (Cui et al., CVPR 2019, equation 2).

    labels: int8 (n, A), 1 yes, -1 no, 0 unknown. beta: in [0, 1); 0 weighs all labels alike.
    Returns float32 (2, A): yes, no. Per attribute they are scaled so that the average over its known labels is 1.
    """
    counts = torch.stack([(labels == 1).sum(0), (labels == -1).sum(0)]).double()           # (2, A)
    weights = (1 - beta) / (1 - beta ** counts.clamp(min=1))
    mean = (weights * counts).sum(0) / counts.sum(0).clamp(min=1)
    return (weights / mean.clamp(min=1e-12)).float()


def class_balanced_loss(logits, labels, weights):
    """Sigmoid cross-entropy over the known labels, each weighed by its class.

    logits: (n, A). labels: int8 (n, A). weights: (2, A) of `effective_number_weights`. No known label at all gives 0.
    """
    yes, known = (labels == 1).float(), (labels != 0).float()
    weight = known * torch.where(labels == 1, weights[0], weights[1])
    loss = F.binary_cross_entropy_with_logits(logits, yes, reduction="none")
    return (loss * weight).sum() / weight.sum().clamp(min=1e-12)


def same_photo_loss(one, other, groups, temperature):
    """Symmetric InfoNCE (van den Oord et al. 2018): two crops of one photo find each other among all crops of the batch.

    one, other: unit rows (n, d), row i of both from photo i. groups: int (n,), photos of one group do not count as different.
    """
    alike = groups[:, None] == groups[None, :]
    alike.fill_diagonal_(False)
    target = torch.arange(len(one), device=one.device)
    across = (one @ other.T / temperature).masked_fill(alike, -1e4)
    return (F.cross_entropy(across, target) + F.cross_entropy(across.T, target)) / 2


def distillation_loss(guess, teacher):
    """1 - cosine between what the student guesses and what the teacher saw. guess, teacher: (n, d)."""
    return (1 - F.cosine_similarity(guess, teacher, dim=1)).mean()


def soft_label_loss(logits, teacher, temperature=2.0):
    """Cross-entropy with what the teacher believes, softened (Hinton et al. 2015); 0 where both agree. logits, teacher: (n, C)."""
    belief = F.softmax(teacher / temperature, dim=1)
    return F.kl_div(F.log_softmax(logits / temperature, dim=1), belief, reduction="batchmean") * temperature ** 2


def fine_label_loss(logits, labels, smoothing=0.1):
    """Cross-entropy over the rows whose label is known. logits: (n, C). labels: int (n,), -1 unknown."""
    known = labels >= 0
    if not known.any():
        return logits.sum() * 0
    return F.cross_entropy(logits[known], labels[known], label_smoothing=smoothing)

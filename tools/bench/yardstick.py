"""scikit-learn on the numbers that tools/bench/learners.ts wrote: the yardstick, on one thread. Prints JSON."""
import json, sys, time
import numpy as np, scipy.sparse as sp
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

spec = json.load(open(sys.argv[1]))
y = np.fromfile(spec["labels"], np.int32)
train = spec["train"]
if spec["kind"] == "trees":
    x = np.fromfile(spec["values"], np.float32).reshape(len(y), -1)
    model = HistGradientBoostingClassifier(max_iter=spec["rounds"], max_leaf_nodes=31, learning_rate=0.1,
                                           early_stopping=False, random_state=0)
else:
    x = sp.csr_matrix((np.fromfile(spec["weights"], np.float32), np.fromfile(spec["ids"], np.int32),
                       np.fromfile(spec["offsets"], np.int32)), shape=(len(y), spec["width"]))
    model = LogisticRegression(solver="saga", C=10, tol=1e-2, max_iter=100)
start = time.process_time()
model.fit(x[:train], y[:train])
fit = time.process_time() - start
start = time.process_time()
p = model.predict(x[train:])
print(json.dumps({"fit": fit, "predict": time.process_time() - start, "accuracy": float((p == y[train:]).mean())}))

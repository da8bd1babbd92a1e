/** What the Python script has to know of the exported folder. */
export interface PythonExport {
  title: string;
  task: string;
  track: "classification" | "matching";
  metric: string;
  label: string;
  /** Cells whose features are columns of the tables, by their name. */
  features: readonly string[];
  /** Columns that hold pictures: structs of `bytes` and `path`. */
  pictures: readonly string[];
}

/**
 * A script that loads `train.parquet`, `validation.parquet` and `test.parquet` of its own folder into pandas, and fits
 * scikit-learn or AutoGluon on them if they are installed. Needs `pandas` and `pyarrow`.
 */
export function writePython(about: PythonExport): string {
  const { title, task, track, metric, label, features, pictures } = about;
  return `"""${docText(title)}

The task ${docText(task)} (${track}, scored by ${docText(metric)}) as Polytab exported it: the task's splits as they
are, with the features of ${features.length === 0 ? "no cell" : docText(features.join(", "))} as columns named
cell.feature beside them.

    python load.py               shows the tables
    python load.py sklearn       fits gradient boosting on the numbers and categories, scores validation
    python load.py autogluon     fits AutoGluon's TabularPredictor, scores validation

Needs pandas and pyarrow; sklearn needs scikit-learn, autogluon needs autogluon.tabular.
"""

import sys
from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent
LABEL = ${pyText(label)}
METRIC = ${pyText(metric)}
PICTURES = [${pictures.map(pyText).join(", ")}]
SPLITS = ("train", "validation", "test")


def load(split):
    """One split as a DataFrame, its rows in the task's order and its id as the index. test has no label."""
    return pd.read_parquet(HERE / f"{split}.parquet").set_index("id")


def inputs(frame):
    """Numbers, truth values and categories that a table learner takes; pictures and lists are left out."""
    frame = frame.drop(columns=[LABEL, *PICTURES], errors="ignore").copy()
    for name in frame.columns:
        first = frame[name].dropna().head(1)
        if len(first) and not isinstance(first.iloc[0], (str, bool, int, float)) and not pd.api.types.is_scalar(first.iloc[0]):
            frame = frame.drop(columns=name)
        elif frame[name].dtype == object or pd.api.types.is_string_dtype(frame[name]):
            frame[name] = frame[name].astype("category")
    return frame


def numbers(train, validation):
    """Both as numbers, and which of the columns are categories: coded as in train, a code unknown there is missing."""
    given = inputs(train)
    held = inputs(validation).reindex(columns=given.columns)
    categories = set()
    for name in list(given.columns):
        if not isinstance(given[name].dtype, pd.CategoricalDtype):
            continue
        known = given[name].cat.categories
        if len(known) > 254:
            given, held = given.drop(columns=name), held.drop(columns=name)
            continue
        categories.add(name)
        for frame in (given, held):
            codes = pd.Series(pd.Categorical(frame[name], categories=known).codes, index=frame.index, dtype="float64")
            frame[name] = codes.where(codes >= 0)
    return given.astype("float64"), held.astype("float64"), [name in categories for name in given.columns]


def labels(frame):
    """The classes as text; 0 and 1 of pairs too, however the column holds them."""
    column = frame[LABEL]
    return column.map("{:g}".format) if pd.api.types.is_numeric_dtype(column) else column.astype(str)


def fit_sklearn(train, validation):
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.metrics import accuracy_score, f1_score

    given, held, categories = numbers(train, validation)
    model = HistGradientBoostingClassifier(categorical_features=categories, random_state=7).fit(given, labels(train))
    predicted, truth = model.predict(held), labels(validation)
    options = {"average": "binary", "pos_label": "1"} if set(truth) <= {"0", "1"} else {"average": "macro"}
    print(f"accuracy {accuracy_score(truth, predicted):.4f}   f1 {f1_score(truth, predicted, **options):.4f}")


def fit_autogluon(train, validation):
    from autogluon.tabular import TabularPredictor

    # Text columns stay text here: AutoGluon makes n-grams of them by itself.
    drop = [name for name in PICTURES if name in train.columns]
    metric = {"macro_f1": "f1_macro", "ece": None, "top3_accuracy": None}.get(METRIC, METRIC)
    predictor = TabularPredictor(label=LABEL, eval_metric=metric, path=str(HERE / "autogluon"))
    predictor.fit(train.drop(columns=drop))
    print(predictor.evaluate(validation.drop(columns=drop)))


if __name__ == "__main__":
    frames = {split: load(split) for split in SPLITS}
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    if wanted == "sklearn":
        fit_sklearn(frames["train"], frames["validation"])
    elif wanted == "autogluon":
        fit_autogluon(frames["train"], frames["validation"])
    else:
        for split, frame in frames.items():
            print(f"{split}: {len(frame)} rows")
        print(frames["train"].drop(columns=PICTURES, errors="ignore").head())
        print(frames["train"].dtypes)
`;
}

/** A Python string literal: JSON's escapes are Python's too. */
function pyText(text: string): string {
  return JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

/** Inside a docstring: nothing ends it, nothing is an escape. */
function docText(text: string): string {
  return text.replaceAll("\\", "/").replaceAll('"', "'").replace(/\s+/g, " ");
}

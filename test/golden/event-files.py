"""What TensorBoard's own reader makes of a folder of event files, as JSON: python3 event-files.py FOLDER

Needs TensorBoard: `pip install tensorboard`, or its source with the .proto files compiled by protoc, on PYTHONPATH.
test/node/event-files.test.ts writes the folder (MILLRACE_EVENTS=FOLDER) and keeps the answer in event-files.json.
"""

import base64
import json
import sys
from unittest import mock

from google.protobuf import text_format

import tensorboard.compat.tensorflow_stub  # noqa: F401, before anything looks for TensorFlow
from tensorboard import context, version
from tensorboard.backend.event_processing import data_provider, plugin_event_multiplexer
from tensorboard.compat.proto import graph_pb2
from tensorboard.plugins import base_plugin
from tensorboard.plugins.graph import graphs_plugin
from tensorboard.plugins.histogram import histograms_plugin
from tensorboard.plugins.image import images_plugin
from tensorboard.plugins.pr_curve import pr_curves_plugin
from tensorboard.plugins.scalar import scalars_plugin

folder = sys.argv[1]
multiplexer = plugin_event_multiplexer.EventMultiplexer()
multiplexer.AddRunsFromDirectory(folder)
multiplexer.Reload()
provider = data_provider.MultiplexerDataProvider(multiplexer, folder)
board = base_plugin.TBContext(
    data_provider=provider, logdir=folder, flags=mock.Mock(generic_data="true"), sampling_hints={}
)
request, run = context.RequestContext(), "."

scalars = scalars_plugin.ScalarsPlugin(board)
histograms = histograms_plugin.HistogramsPlugin(board)
images = images_plugin.ImagesPlugin(board)
curves = pr_curves_plugin.PrCurvesPlugin(board)
graphs = graphs_plugin.GraphsPlugin(board)

graph = graph_pb2.GraphDef()
text_format.Parse(graphs.graph_impl(request, run, None, False, "")[0], graph)


def image(tag):
    data = images._image_response_for_run(request, "", run, tag, 0)[-1]
    blob = provider.read_blob(request, blob_key=data["query"].split("blob_key=")[1])
    return {"step": data["step"], "file": base64.b64encode(blob).decode()}


def curve(tag):
    data = curves.pr_curves_impl(request, "", [run], tag)[run][-1]
    return {key: value for key, value in data.items() if key != "wall_time"}


print(
    json.dumps(
        {
            "tensorboard": version.VERSION,
            "scalars": {
                tag: [[step, value] for _, step, value in scalars.scalars_impl(request, tag, run, "", "json")[0]]
                for tag in scalars.index_impl(request, "")[run]
            },
            "histograms": {
                tag: [[step, buckets] for _, step, buckets in histograms.histograms_impl(request, tag, run, "")[0]]
                for tag in histograms.index_impl(request, "")[run]
            },
            "images": {tag: image(tag) for tag in images._index_impl(request, "")[run]},
            "curves": {tag: curve(tag) for tag in curves.tags_impl(request, "")[run]},
            "graph": [[node.name, node.op, list(node.input)] for node in graph.node],
        },
        indent=1,
    )
)

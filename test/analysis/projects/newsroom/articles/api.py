from rest_framework import generics, serializers

from articles.models import ReadEvent


class ReadEventSerializer(serializers.ModelSerializer):
    class Meta:
        model = ReadEvent
        fields = ["id", "article", "read_at"]


class ReadEvents(generics.ListAPIView):
    queryset = ReadEvent.objects.all()  # finding: unbounded-query
    serializer_class = ReadEventSerializer
